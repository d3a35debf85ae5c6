using System.Globalization;
using System.Text;

namespace Tidemark.Embedding;

/// <summary>
/// What makes vectors of one model incomparable beside its name and dimensions: part of the embedding space's name, so
/// that a changed prefix can never mix with what is stored. Written as <c>?document=passage%3A%20&amp;query=…</c>.
/// </summary>
public sealed record SpaceTraits
{
    private const string Document = "document";
    private const string Query = "query";
    private const string Unit = "normalize";
    private const string Input = "input";
    private const string Label = "revision";

    /// <summary>Nothing but name and dimensions: no prefixes, no normalisation, the model's own limit.</summary>
    public static SpaceTraits None { get; } = new();

    /// <summary>Put before every embedding input: <c>passage: </c> for E5, <c>search_document: </c> for nomic.</summary>
    public string DocumentPrefix { get; init; } = "";

    /// <summary>Put before every query: <c>query: </c> for E5, <c>search_query: </c> for nomic.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>Vectors are brought to unit length before they are stored.</summary>
    public bool Normalize { get; init; }

    /// <summary>The model's longest input in tokens, where somebody set it: chunks are cut by it.</summary>
    public int? MaxInputTokens { get; init; }

    /// <summary>A label that tells vectors of a provider who changed the model under its name from the former ones.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Empty, or from the question mark on; <see cref="TryParse"/> reads it back.</summary>
    public string ToSuffix()
    {
        var text = new StringBuilder();
        Append(Document, DocumentPrefix);
        Append(Query, QueryPrefix);
        Append(Unit, Normalize ? "true" : "");
        Append(Input, MaxInputTokens?.ToString(CultureInfo.InvariantCulture) ?? "");
        Append(Label, Revision);
        return text.ToString();

        void Append(string name, string value)
        {
            if (value.Length > 0)
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }

    /// <param name="suffix">Without the question mark.</param>
    /// <returns>Null: a name or value that there is not.</returns>
    public static SpaceTraits? TryParse(string suffix)
    {
        var traits = None;
        foreach (var part in suffix.Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..]);
            if (equals < 1 || value.Length == 0 || traits.With(part[..equals], value) is not { } next)
            {
                return null;
            }

            traits = next;
        }

        return traits;
    }

    private SpaceTraits? With(string name, string value) => name switch
    {
        Document => this with { DocumentPrefix = value },
        Query => this with { QueryPrefix = value },
        Unit when bool.TryParse(value, out var normalize) => this with { Normalize = normalize },
        Input when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) && tokens > 0 =>
            this with { MaxInputTokens = tokens },
        Label => this with { Revision = value },
        _ => null,
    };
}
