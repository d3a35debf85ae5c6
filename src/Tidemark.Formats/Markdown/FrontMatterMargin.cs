using System.Buffers;

namespace Tidemark.Formats;

/// <summary>Lines without what indents all of them, where that is no spaces.</summary>
/// <param name="FirstLine">The first that was indented, from 0; null: none was.</param>
internal readonly record struct FrontMatterMargin(string Yaml, int? FirstLine)
{
    private static readonly SearchValues<char> Blank = SearchValues.Create("\n\r \t" + YamlLines.Unseen);

    public static FrontMatterMargin Of(string yaml)
    {
        var begin = yaml.AsSpan().IndexOfAnyExcept(Blank);
        var margin = begin < 0 ? "" : yaml[(yaml.AsSpan(0, begin).LastIndexOf('\n') + 1)..begin];
        return margin.AsSpan().IndexOfAnyExcept(' ') < 0
            ? new(yaml, null)
            : new(
                string.Join('\n', yaml.Split('\n').Select(line => line.StartsWith(margin, StringComparison.Ordinal) ? line[margin.Length..] : line)),
                yaml.AsSpan(0, begin).Count('\n'));
    }
}
