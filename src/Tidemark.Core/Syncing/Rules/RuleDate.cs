using System.Text;
using Tidemark.Documents;
using Tidemark.Indexing;

namespace Tidemark.Syncing.Rules;

/// <summary>
/// The date of a document that a rule counts from. It is always one that the document brings along: an index that is made anew from the same
/// documents gets the same answer.
/// </summary>
public sealed record RuleDate
{
    private RuleDate(string? key) => Key = key;

    /// <summary>
    /// When the document was last changed: its <c>modified_at</c>; of a file, when that was last written.
    /// </summary>
    public static RuleDate Modified { get; } = new((string?)null);

    /// <summary>The metadata field with the date; null: <see cref="Modified"/>.</summary>
    public string? Key { get; }

    /// <summary>A field of the metadata. Of a day, month or year its first moment counts, in UTC.</summary>
    /// <param name="key">A name, or a path into objects with dots.</param>
    public static RuleDate Field(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new(key);
    }

    /// <summary>As a setting says it.</summary>
    public override string ToString() => Key ?? "modified";

    /// <returns>Null: the document has none.</returns>
    internal DateTimeOffset? Of(Document document)
    {
        if (Key is null)
        {
            return document.Version.ModifiedAt ?? document.ChangedAt;
        }

        return !document.Metadata.IsEmpty
            && MetadataMatcher.FindText(Encoding.UTF8.GetBytes(document.Metadata.Json), Key) is { } text
            && MetadataMoment.Of(text) is { } moment
                ? new DateTimeOffset(moment.Start, TimeSpan.Zero)
                : null;
    }
}
