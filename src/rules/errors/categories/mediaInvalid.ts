import type { ErrorCategory } from '../category';
import { anthropicErrors, geminiTroubleshooting } from '../links';
import { amount, count, overflow, sentences } from '../say';

const medium = String.raw`(?:images?|audio|videos?|pdfs?|document|media|picture|photo)`;

export const mediaInvalid: ErrorCategory = {
  id: 'media_invalid',
  group: 'size',
  title: 'Image, audio or file not accepted',
  definition:
    'An image, PDF, audio or video is too big, of a wrong format, or could not be fetched.',
  retryable: false,
  facts: ['amounts', 'megabytes', 'messageIndex'],
  decisive: {
    codes: [
      'invalid_image_format',
      'invalid_image_url',
      'invalid_image',
      'image_parse_error',
      'image_too_large',
      'image_too_small',
      'unsupported_image_media_type',
      'invalid_base64_image',
      'image_file_too_large',
      'failed_to_download_image',
      'image_file_not_found',
      'ImageFetchError',
      'AI_DownloadError',
      'AI_InvalidDataContentError',
      'unsupported_file',
    ],
    words: [
      /\b(?:images?|pdfs?|documents?|audio|videos?) (?:has|have|had|contains?) too (?:many|much|few)\b|\btoo many (?:images?|pdf pages|pages)\b/i,

      /\b(?:at most|up to|more than|maximum of|only) \d{1,4} (?:images?|videos?|audios?|pictures?|documents?|pdfs?)\b/i,
      /\binvalid data content\b|\bexpected a base64\b/i,
      /\bimage\.source\b|\bimage exceeds\b|\bimage dimensions?\b/i,
      /\bunsupported image\b|\bcould not process (?:the )?(?:image|pdf|document|file|audio)\b/i,
      /\bmaximum content size limit\b/i,
      new RegExp(
        String.raw`\b(?:unable|failed|could not|cannot|couldn't|error while|error) (?:to )?(?:process|decod\w+|read|load|open|download\w*|fetch\w*|identify|pars\w+|retriev\w+)\b(?: \S{1,20}){0,4} ${medium}\b(?!-)`,
        'i',
      ),
      new RegExp(
        String.raw`\b${medium}(?: \S{1,20}){0,4} (?:is|are|was|were|has|exceeds?|must|cannot|could not|not)\b.{0,30}\b(?:too (?:large|big|small|long|short)|corrupt\w*|invalid|not valid|damaged|empty|encrypted|password|exceed\w*|maximum|dimensions?|larger|smaller|pixels|be (?:decoded|processed|downloaded|read|fetched|loaded|opened|retrieved|parsed|accessed))`,
        'i',
      ),
      new RegExp(
        String.raw`\b(?:invalid|corrupt\w*|unsupported|malformed|bad|unknown) (?:base64[- ]encoded |base64 |input )?${medium}\b`,
        'i',
      ),
      /\b(?:unsupported|invalid|unknown) (?:mime|media|file|content)[ _-]?types?\b(?!.{0,60}\bimage_url is only\b)/i,
      /\b(?:file|audio|image|document) (?:format|type)\b.{0,40}\b(?:not supported|unsupported|invalid|not recognized)/i,
      /\b(?:pdf|document) (?:version|pages?)\b|\bpdf pages\b/i,
      /\bdoes not match the (?:provided|declared|specified) (?:media|mime|content) type\b/i,
      /\b(?:invalid|unsupported|unknown) (?:file|image|audio|video) (?:format|type|extension)\b/i,
      /\bmedia[ _]type\b.{0,60}\b(?:does not match|mismatch|but the)|\bspecified using the image\/\w{3,5}\b/i,
      /\b(?:invalid|incorrect|malformed) base64\b|\bbase64\b.{0,24}\b(?:invalid|decod\w+ (?:error|fail)|padding)/i,
      /\bcannot fetch content from the provided url\b|\bfetching (?:the )?(?:image|file) failed\b/i,
      /图[片像].{0,12}(?:过大|太大|格式|无效|失败|不支持|错误|超)|(?:音频|视频|文件).{0,8}(?:格式|过大|太大|无效)/,
    ],
  },
  hint: {
    words: [
      {
        words: /\b(?:images?|pdfs?|audio|videos?|photos?|pictures?|attachments?)\b/i,
        along:
          /\b(?:too|invalid|unsupported|exceed\w*|formats?|sizes?|corrupt\w*|download\w*|decod\w*|fail\w*|maximum|could not|cannot|unable|must|not)\b/i,
      },
    ],
  },
  explain: facts => {
    const place = amount(facts, 'message_index');
    const megabytes = amount(facts, 'limit_mb');
    return sentences(
      'A picture, document, sound or video in the request was not accepted.',
      place === undefined ? undefined : `It stands in message ${count(place)}, counted from 0.`,
      overflow(facts, 'units (bytes or pixels)', 'sent', 'allowed'),
      megabytes === undefined ? undefined : `The message names ${count(megabytes)} MB.`,
    );
  },
  fixes: facts => {
    const place = amount(facts, 'message_index');
    return [
      place === undefined
        ? 'Remove it from the history: it stays there and breaks every later turn as well.'
        : `Remove it from message ${count(place)} of the history: it stays there and breaks every later turn as well.`,
      'Resize and re-encode as PNG or JPEG; many providers take 5 MB and 8000 pixels, less with many images.',
      'Declare the type that the bytes really have: look at the first bytes, not at the file name.',
      'Send base64, or an address that the provider can reach without a login.',
    ];
  },
  links: [anthropicErrors, geminiTroubleshooting],
};
