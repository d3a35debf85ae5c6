using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Wording;

/// <summary>
/// What a document is called: the <c>title</c> of its metadata (a text, a number, or a list of them), which extractors take from front matter, <c>title</c> elements and
/// properties; else the name of its file, and of a file that stands for its folder (<c>README.md</c>, <c>index.html</c>) that of the folder.
/// Keyword indexes have its words beside those of each chunk; nothing embeds them.
/// </summary>
public static class DocumentTitle
{
    private const string Field = "title";
    private const int Longest = 1000;
    private const int LongestExtension = 8;

    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly string[] NamesOfFolders = ["readme", "index", "_index"];

    /// <param name="id">Of the document.</param>
    /// <param name="metadata">Its own.</param>
    /// <returns>Empty where it has neither.</returns>
    public static string Of(string id, DocumentMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(id);
        return metadata.Json.Contains("\"title\"", StringComparison.Ordinal) ? Of(id, Encoding.UTF8.GetBytes(metadata.Json)) : NameOf(id);
    }

    /// <param name="id">Of the document.</param>
    /// <param name="metadata">UTF-8; what is not an object has no title.</param>
    /// <returns>Empty where it has neither.</returns>
    public static string Of(string id, ReadOnlySpan<byte> metadata)
    {
        ArgumentNullException.ThrowIfNull(id);
        return TitleOf(metadata) is { Length: > 0 } title ? title[..Math.Min(title.Length, Longest)] : NameOf(id);
    }

    private static string? TitleOf(ReadOnlySpan<byte> metadata)
    {
        if (metadata.IndexOf("\"title\""u8) < 0)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(metadata);
            reader.Read();
            while (reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isTitle = reader.ValueTextEquals(Field);
                reader.Read();
                if (isTitle)
                {
                    return ValueOf(ref reader);
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Damaged: whoever checks the document says so.
        }

        return null;
    }

    /// <summary>A text, a number as it is written, or those of a list; anything else is no title.</summary>
    private static string? ValueOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return WordsOf(ref reader);
        }

        var words = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            words.AddRange(WordsOf(ref reader) is { Length: > 0 } word ? [word] : []);
            reader.Skip();
        }

        return string.Join(' ', words);
    }

    private static string? WordsOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()?.Trim(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    private static string NameOf(string id)
    {
        var start = id.LastIndexOf('/') + 1;
        var dot = id.LastIndexOf('.');
        if (dot <= start || !IsExtension(id.AsSpan(dot + 1)))
        {
            return "";
        }

        var name = id[start..dot];
        if (start < 2 || !NamesOfFolders.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return name[..Math.Min(name.Length, Longest)];
        }

        var folder = id[..(start - 1)];
        return folder[(folder.LastIndexOf('/') + 1)..];
    }

    private static bool IsExtension(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LongestExtension && char.IsAsciiLetter(text[0]) && text.IndexOfAnyExcept(Alphanumeric) < 0;
}
