using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;

namespace Tidemark.Cli.Output;

internal static class TrustView
{
    /// <summary>What a file wants, one thing a line.</summary>
    public static IEnumerable<Block> Of(string file, IReadOnlyList<ReachingSetting> wants)
    {
        yield return new Block.Line(wants.Count > 0
            ? $"'{file}' reaches beyond its folder:"
            : $"'{file}' reaches for nothing beyond its folder");
        foreach (var setting in wants)
        {
            yield return new Block.Line("  ", new(setting.Name, Tone.Strong), "  ", setting.Shown);
        }
    }

    public static IEnumerable<Block> Trusted(string file, IReadOnlyList<ReachingSetting> wants) =>
        [.. Of(file, wants), new Block.Line("  trusted, until one of these settings changes")];

    public static IEnumerable<Block> Revoked(string file, bool was) =>
        [new Block.Line(was ? $"'{file}' is not trusted any more" : $"'{file}' was not trusted")];

    public static IEnumerable<Block> Of(IReadOnlyList<TrustedFile> files) => files.Count == 0
        ? [new Block.Line("no configuration file is trusted")]
        : files.Select(Block (f) => new Block.Line($"{Units.Time(f.At)}  {f.Path}"));
}
