using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// What is said in subtitles (SubRip, WebVTT), without numbers, times and marks; a paragraph ends where nothing is said for a while or
/// somebody else speaks.
/// </summary>
public sealed class SubtitleExtractor : ITextExtractor
{
    public string Fingerprint => "subtitles:2";

    public IReadOnlyList<string> Extensions { get; } = [".srt", ".vtt"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) =>
        new(SubtitleText.Read(TextDecoder.Decode(path, content)), DocumentMetadata.Empty);
}
