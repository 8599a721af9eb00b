/** How to make the app log its text; shown when a call has none. */
export interface RecordingHint {
  readonly steps: readonly { readonly text: string; readonly code?: string | undefined }[];
}
