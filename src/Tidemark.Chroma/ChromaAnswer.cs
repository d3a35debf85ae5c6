using System.Net;
using System.Text.Json;

namespace Tidemark.Chroma;

/// <summary>What a server said, whether it was what was asked for or why not.</summary>
internal sealed record ChromaAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>So many bytes of an error are read.</summary>
    public const int MostOfError = 16 * 1024;

    private const int MostShown = 300;

    /// <summary>Whether nothing of the body was left out because it had no end in sight.</summary>
    public bool IsWhole { get; init; } = true;

    public bool IsOk => (int)Status is >= 200 and < 300;

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public bool IsTooLarge => Status == HttpStatusCode.RequestEntityTooLarge;

    /// <summary>Worth another attempt.</summary>
    public bool IsTransient => (int)Status is 408 or 429 or >= 500;

    /// <summary>Says why, in the server's words.</summary>
    public string Message
    {
        get
        {
            var text = System.Text.Encoding.UTF8.GetString(Body.Span);
            try
            {
                using var json = JsonDocument.Parse(Body);
                text = json.RootElement.GetProperty("message").GetString() ?? text;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                // Not Chroma's own form; it is shown as it is.
            }

            return text.Length > MostShown ? text[..MostShown] + "…" : text;
        }
    }
}
