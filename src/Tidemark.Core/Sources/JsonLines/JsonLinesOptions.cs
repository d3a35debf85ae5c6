using System.Globalization;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>How a <see cref="JsonLinesSource"/> reads its records.</summary>
public sealed record JsonLinesOptions
{
    /// <summary>The source's name.</summary>
    public string Name { get; init; } = "jsonl";

    /// <summary>The field that holds the id; null: <c>id</c>.</summary>
    public string? IdKey { get; init; }

    /// <summary>The field that holds the text; null: the first of <c>text</c>, <c>content</c>, <c>page_content</c>.</summary>
    public string? TextKey { get; init; }

    /// <summary>Makes the text out of fields, <c>Product: {name}</c>; then every field stays metadata.</summary>
    public string? TextTemplate { get; init; }

    /// <summary>The field that names the source id; null: the document's id.</summary>
    public string? SourceIdKey { get; init; }

    /// <summary>Makes the source id out of fields: <c>db/products/{id}</c>.</summary>
    public string? SourceIdTemplate { get; init; }

    /// <summary>A record must have an id or a source id, as incremental cleanup needs it.</summary>
    public bool RequireIdentity { get; init; }

    /// <summary>The records are changes for the queue; what is wrong with all of them is told in its words.</summary>
    public bool ForQueue { get; init; }

    /// <summary>A longer line fails without being kept in memory.</summary>
    public int MaxLineBytes { get; init; } = 16_000_000;

    /// <summary>How much is read at a time; the result does not depend on it.</summary>
    internal int BlockBytes { get; init; } = 256 * 1_024;

    internal bool NamesIdentity => (IdKey ?? SourceIdKey ?? SourceIdTemplate) is not null;

    /// <summary>A hash of every setting that changes what a line means.</summary>
    internal ContentHash Fingerprint()
    {
        var settings = new StringBuilder("jsonl:1");
        foreach (var setting in (string?[])[IdKey, TextKey, TextTemplate, SourceIdKey, SourceIdTemplate])
        {
            settings.Append(CultureInfo.InvariantCulture, $"\n{setting?.Length ?? -1}:{setting}");
        }

        return ContentHash.Of(settings.ToString());
    }
}
