using System.Text.Json;

namespace Tidemark.Formats;

/// <summary>The members of an object that is no JSON as a whole, each by itself: one slip costs one member.</summary>
internal static class JsonMembers
{
    private const int MostUnreadable = 1_000;

    private static readonly JsonDocumentOptions Parsing = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = JsonFrontMatter.DeepestNesting,
    };

    /// <summary>Whether a line begins as a member was meant to, with a name in other quotes or in none.</summary>
    public static bool IsMeantAt(ReadOnlySpan<char> line) =>
        BeginsAt(line) || (line.Trim().TrimStart('\'') is var name && name.IndexOf(':') is > 0 and var colon && IsName(name[..colon].TrimEnd().TrimEnd('\'')));

    /// <summary>Whether a line begins with a name in quotes and a colon.</summary>
    public static bool BeginsAt(ReadOnlySpan<char> line) =>
        line.TrimStart() is ['"', .. var name] && name.IndexOf('"') is > 0 and var end && name[(end + 1)..].TrimStart() is [':', ..];

    /// <param name="content">Between the braces.</param>
    /// <param name="first">The number of its first line.</param>
    /// <param name="warnings">Told of each that cannot be read.</param>
    public static List<JsonDocument> Read(string content, int first, FrontMatterWarnings warnings)
    {
        var read = new List<JsonDocument>();
        var unreadable = 0;
        foreach (var (at, length) in Split(content))
        {
            var member = content.AsSpan(at, length);
            var text = member.Trim();
            if (IsComment(text))
            {
                continue;
            }

            var parsed = unreadable < MostUnreadable ? Parse(text) : null;
            if (parsed is not null)
            {
                read.Add(parsed);
            }
            else
            {
                unreadable++;
                warnings.JsonMember(first + content.AsSpan(0, at + member.IndexOf(text[0])).Count('\n'), text);
            }
        }

        return read;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '$'))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    private static bool IsComment(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines())
        {
            if (line.TrimStart() is not ([] or ['/', '/', ..]))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonDocument? Parse(ReadOnlySpan<char> member)
    {
        try
        {
            var parsed = JsonDocument.Parse($"{{{member}\n}}", Parsing);
            if (parsed.RootElement.EnumerateObject().Any() && !parsed.RootElement.GetRawText().Contains("\\u0000", StringComparison.Ordinal))
            {
                return parsed;
            }

            parsed.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where each begins that stands between commas of its own, as <see cref="Read"/> takes them apart; blank ones are left out.</summary>
    public static IEnumerable<(int At, string Text)> Of(string content) =>
        Split(content).Select(member => (member.At, Text: content.Substring(member.At, member.Length)))
            .Where(member => !string.IsNullOrWhiteSpace(member.Text))
            .Select(member => (member.At + member.Text.Length - member.Text.TrimStart().Length, member.Text.Trim()));

    /// <summary>At commas, and where a line begins a member: no text goes over a line's end, and no value beyond a member at the first one's margin.</summary>
    private static List<(int At, int Length)> Split(string content)
    {
        var members = new List<(int At, int Length)>();
        var margin = MarginOf(content);
        var (from, depth, isText) = (0, 0, false);
        for (var at = 0; at < content.Length; at++)
        {
            var c = content[at];
            if (c == '\n')
            {
                isText = false;
                if (BeginsMember(content, at + 1, depth, margin))
                {
                    members.Add((from, at - from));
                    (from, depth) = (at + 1, 0);
                }
            }
            else if (isText)
            {
                at += c == '\\' && at + 1 < content.Length && content[at + 1] != '\n' ? 1 : 0;
                isText = c != '"';
            }
            else if (c == ',' && depth <= 0)
            {
                members.Add((from, at - from));
                (from, depth) = (at + 1, 0);
            }
            else
            {
                isText = c == '"';
                depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            }
        }

        members.Add((from, content.Length - from));
        return members;
    }

    private static bool BeginsMember(string content, int at, int depth, int margin)
    {
        var line = content.AsSpan(at, Math.Max(0, (content.IndexOf('\n', at) is >= 0 and var end ? end : content.Length) - at));
        return BeginsAt(line) && (depth <= 0 || (margin > 0 && line.Length - line.TrimStart().Length == margin));
    }

    private static int MarginOf(string content)
    {
        foreach (var line in content.AsSpan().EnumerateLines())
        {
            if (BeginsAt(line))
            {
                return line.Length - line.TrimStart().Length;
            }
        }

        return 0;
    }
}
