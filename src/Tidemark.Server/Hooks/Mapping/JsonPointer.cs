using System.Globalization;
using System.Text.Json;

namespace Tidemark.Server.Hooks.Mapping;

/// <summary>A JSON pointer (RFC 6901): <c>/data/items/0/a~1b</c>. Immutable.</summary>
internal sealed class JsonPointer
{
    private readonly string _text;
    private readonly string[] _tokens;

    private JsonPointer(string text, string[] tokens) => (_text, _tokens) = (text, tokens);

    /// <summary>The name that it looks up first; null: it means the whole.</summary>
    public string? First => _tokens.Length == 0 ? null : _tokens[0];

    /// <exception cref="FormatException">It is none.</exception>
    public static JsonPointer Parse(string text)
    {
        if (text.Length > 0 && text[0] != '/')
        {
            throw new FormatException($"the pointer '{text}' does not begin with '/'");
        }

        return new JsonPointer(text, [.. text.Split('/').Skip(1).Select(token => Decode(text, token))]);
    }

    /// <returns>Null: it leads to nothing.</returns>
    public JsonElement? Find(JsonElement root) => Walk(root, 0);

    /// <summary>Behind the first name, which was looked up already.</summary>
    /// <returns>Null: it leads to nothing.</returns>
    public JsonElement? FindRest(JsonElement first) => Walk(first, 1);

    public override string ToString() => _text;

    private JsonElement? Walk(JsonElement from, int start)
    {
        for (var i = start; i < _tokens.Length; i++)
        {
            if (Step(from, _tokens[i]) is not { } next)
            {
                return null;
            }

            from = next;
        }

        return from;
    }

    private static JsonElement? Step(JsonElement from, string token) => from.ValueKind switch
    {
        JsonValueKind.Object when from.TryGetProperty(token, out var member) => member,
        JsonValueKind.Array when IndexOf(token) is { } index && index < from.GetArrayLength() => from[index],
        _ => null,
    };

    /// <summary>Digits without a zero in front.</summary>
    private static int? IndexOf(string token) =>
        (token is "0" || (token.Length > 0 && token[0] != '0')) && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static string Decode(string pointer, string token)
    {
        for (var i = token.IndexOf('~', StringComparison.Ordinal); i >= 0; i = token.IndexOf('~', i + 1))
        {
            if (i + 1 == token.Length || token[i + 1] is not ('0' or '1'))
            {
                throw new FormatException($"the pointer '{pointer}' has a '~' that is neither '~0' (for '~') nor '~1' (for '/')");
            }
        }

        return token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
