using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Output;

internal static class InitView
{
    public static IEnumerable<Block> Of(IReadOnlyList<FoundSource> sources, IReadOnlyDictionary<string, long> notTaken, long withoutText)
    {
        foreach (var source in sources)
        {
            var what = source.Type == SourceType.Directory ? Units.Count(source.Files, "document") : "JSON lines";
            yield return new Block.Line("  found ", new(source.Path, Tone.Strong), $", {what}");
        }

        if (sources.Count == 0)
        {
            yield return new Block.Line("  found no documents here: name your sources in the file");
        }

        if (LeftOut.Describe(notTaken, withoutText) is { Length: > 0 } left)
        {
            yield return new Block.Line("  ", new(left, Tone.Warning));
        }

        yield return new Block.Line($"  wrote {ConfigurationFile.Name}");
        yield return new Block.Line(sources.Count == 0 ? "  next: tidemark sync FOLDER" : "  next: tidemark sync");
    }
}
