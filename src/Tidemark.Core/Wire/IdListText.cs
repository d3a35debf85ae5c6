namespace Tidemark.Wire;

/// <summary>Several ids in one text: <c>docs/a.md,docs/b.md</c>; one with a comma is quoted, with <c>""</c> for a quote inside.</summary>
public static class IdListText
{
    /// <param name="name">What the caller calls it.</param>
    /// <param name="texts">As they were given.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: an id is empty, or a quote is not closed.</exception>
    public static IReadOnlyList<string> Parse(InputName name, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.SelectMany(text => Split(name, text))];
    }

    private static List<string> Split(InputName name, string text)
    {
        var ids = new List<string>();
        for (var at = 0; at <= text.Length;)
        {
            var (id, end) = at < text.Length && text[at] == '"' ? Quoted(name, text, at) : Bare(text, at);
            if (id.Length == 0 || (end < text.Length && text[end] != ','))
            {
                throw name.Wrong(text, $"ids are separated by single commas: {name.With("docs/a.md,docs/b.md")}; one that holds a comma is quoted");
            }

            ids.Add(id);
            at = end + 1;
        }

        return ids;
    }

    private static (string Id, int End) Bare(string text, int start)
    {
        var comma = text.IndexOf(',', start);
        var end = comma < 0 ? text.Length : comma;
        return (text[start..end].Trim(), end);
    }

    private static (string Id, int End) Quoted(InputName name, string text, int start)
    {
        for (var end = start + 1; end < text.Length; end++)
        {
            if (text[end] == '"' && (end + 1 == text.Length || text[end + 1] != '"'))
            {
                return (text[(start + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal), end + 1);
            }

            end += text[end] == '"' ? 1 : 0;
        }

        throw name.Wrong(text, "close the quote; a quote inside is written \"\"");
    }
}
