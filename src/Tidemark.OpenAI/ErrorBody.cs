using System.Text;
using System.Text.Json;

namespace Tidemark.OpenAI;

/// <summary>What a provider says about an error, short, without line ends and without the key.</summary>
/// <param name="IsQuota">The account has used up what it may: waiting does not help.</param>
internal readonly record struct ErrorBody(string Message, bool IsQuota)
{
    /// <summary>So much of an error is read; one that is longer says nothing that anybody would read.</summary>
    public const int MostBytes = 16 * 1024;

    private const int Longest = 300;

    public static ErrorBody Read(ReadOnlyMemory<byte> bytes, string? key)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            var error = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var inner) ? inner : root;
            if (error.ValueKind == JsonValueKind.String)
            {
                return new ErrorBody(Clean(error.GetString()!, key), false);
            }

            var message = Text(error, "message") is { Length: > 0 } said ? said : Text(error, "detail");
            var quota = Text(error, "code") == "insufficient_quota" || Text(error, "type") == "insufficient_quota";
            return new ErrorBody(Clean(message, key), quota);
        }
        catch (JsonException)
        {
            // A page of a proxy, or nothing: the status has to do.
            return default(ErrorBody) with { Message = "" };
        }
    }

    /// <summary>The same without words that repeat a text which was sent: they would stand in reports and in the store.</summary>
    /// <param name="texts">What was sent.</param>
    public ErrorBody Without(IReadOnlyList<string> texts) =>
        InputEcho.IsIn(Message, texts) ? this with { Message = "its words repeat the text that was sent, and are left out" } : this;

    /// <summary>Without the key, without control characters, and not long.</summary>
    public static string Clean(string message, string? key)
    {
        if (key is { Length: > 0 })
        {
            message = message.Replace(key, "[key]", StringComparison.Ordinal);
        }

        var clean = new StringBuilder(Math.Min(message.Length, Longest) + 1);
        foreach (var c in message)
        {
            if (clean.Length == Longest)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c);
        }

        return clean.ToString().Trim().TrimEnd('.');
    }

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
