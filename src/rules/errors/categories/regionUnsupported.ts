import type { ErrorCategory } from '../category';
import { anthropicCountries, bedrockCrossRegion, geminiRegions, openaiErrors } from '../links';

export const regionUnsupported: ErrorCategory = {
  id: 'region_unsupported',
  group: 'access',
  title: 'Country or region not served',
  definition: 'The country, region or address that the request came from is not served.',
  retryable: false,
  facts: [],
  decisive: {
    codes: [
      'unsupported_country_region_territory',
      'UnsupportedCountry',
      'unsupported_country',
      'region_not_supported',
      'LOCATION_NOT_SUPPORTED',
    ],
    words: [
      /\b(?:country|countries|territor(?:y|ies)|user location|your location|your region|geographic region|geography)\b.{0,40}\b(?:not (?:supported|available|allowed|permitted|served)|unsupported|restricted|blocked)\b/i,
      /\bunsupported (?:countr|region|territor|location|geograph)/i,
      /\b(?:not|isn't|unavailable)\b.{0,24}\b(?:available|supported|allowed|offered|accessible)?\b.{0,12}\b(?:in|from) (?:your|this|the user's|the current) (?:country|region|location|territory|area)\b/i,
      /\bregion(?: \S{1,24})? (?:is )?not supported\b/i,
      /(?:地区|区域|国家).{0,12}(?:不支持|不可用|无法|限制)|不支持.{0,12}(?:地区|国家|区域)/,
    ],
  },
  explain: () =>
    'The provider does not serve the country or region that the request came from. The address of the server counts, not the one of the user.',
  fixes: () => [
    'Run the calling server in a supported region, and check which address it goes out with (VPN, proxy, cloud region).',
    'Use the same model through a cloud that serves your region (Vertex AI, Azure, Bedrock).',
    'Bedrock: choose another inference region or profile.',
  ],
  links: [openaiErrors, anthropicCountries, geminiRegions, bedrockCrossRegion],
};
