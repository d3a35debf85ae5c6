using Tidemark.Cli.Output;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Starting;

internal static class InitView
{
    public static IEnumerable<Block> Of(FolderSurvey found)
    {
        foreach (var source in found.Sources)
        {
            var what = source.Type == SourceType.Directory ? Units.Count(source.Files, "document") : "JSON lines";
            yield return new Block.Line("  found ", new(source.Path, Tone.Strong), $", {what}");
        }

        if (found.Sources.Count == 0)
        {
            yield return new Block.Line("  found no documents here: name your sources in the file");
        }

        if (found.LeftOut.Count > 0)
        {
            var others = string.Join(", ", found.LeftOut.Select(one =>
                $"{Units.Count(one.Files, "document")} {(one.Path == "." ? "of the folder itself" : $"in {one.Path}")}"));
            yield return new Block.Line("  ", new($"left out: {others}; name them under \"sources\" in the file to sync them", Tone.Warning));
        }

        if (found.Unusable.Count > 0)
        {
            var names = string.Join(", ", found.Unusable.Select(name => $"'{Printable.Escape(name)}'"));
            yield return new Block.Line("  ", new($"left out: {names}: a name that is not UTF-8 or has control characters cannot be a source's; rename it to sync it", Tone.Warning));
        }

        if (LeftOut.Describe(found.NotTaken, found.WithoutText) is { Length: > 0 } left)
        {
            yield return new Block.Line("  ", new(left, Tone.Warning));
        }

        yield return new Block.Line($"  wrote {ConfigurationFile.Name}");
        yield return new Block.Line(found.Sources.Count == 0 ? "  next: tidemark sync FOLDER" : "  next: tidemark sync");
    }
}
