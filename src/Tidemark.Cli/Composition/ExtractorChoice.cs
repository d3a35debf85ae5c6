using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Cli.Composition;

/// <summary>The formats that directories are read in.</summary>
internal static class ExtractorChoice
{
    public static IReadOnlyList<ITextExtractor> All { get; } = [new PlainTextExtractor()];

    public static string Fingerprint => string.Join(' ', All.Select(e => e.Fingerprint));
}
