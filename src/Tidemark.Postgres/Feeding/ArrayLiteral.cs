using System.Text;

namespace Tidemark.Postgres.Feeding;

/// <summary>Reads a list as the server writes it: <c>{a,"b, c",NULL}</c>.</summary>
internal static class ArrayLiteral
{
    /// <returns>Null: it has more than one dimension, or bounds of its own.</returns>
    public static List<string?>? Parse(string text)
    {
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}')
        {
            return null;
        }

        var items = new List<string?>();
        var at = 1;
        while (at < text.Length - 1)
        {
            if (text[at] == '{')
            {
                return null;
            }

            items.Add(text[at] == '"' ? Quoted(text, ref at) : Bare(text, ref at));
            at++; // the comma, or the closing brace
        }

        return items;
    }

    private static string? Bare(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny(',', '}') + at;
        var item = text[at..end];
        at = end;
        return item == "NULL" ? null : item;
    }

    private static string Quoted(string text, ref int at)
    {
        var item = new StringBuilder();
        for (at++; text[at] != '"'; at++)
        {
            at += text[at] == '\\' ? 1 : 0;
            item.Append(text[at]);
        }

        at++;
        return item.ToString();
    }
}
