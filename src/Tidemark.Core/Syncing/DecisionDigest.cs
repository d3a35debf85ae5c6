using System.Globalization;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>A short name for everything that a decision would write, so that a plan can be compared with what is. Pure.</summary>
internal static class DecisionDigest
{
    /// <returns>Null where nothing that a reader sees would be written.</returns>
    public static ContentHash? Of(DocumentWrite? write) => write switch
    {
        DocumentWrite.Put put => Of(
            put.TextHash.ToString(), put.Document.Metadata.Json, Show(put.Document.Version), Show(put.Document.ExpiresAt),
            put.Document.Tier ?? "", put.Document.SourceId),
        DocumentWrite.Remove remove => Of("removed", remove.State.ToString(), Show(remove.Version)),
        _ => null,
    };

    /// <summary>Of what may not be other under one version number (<see cref="Document.Contradicts"/>).</summary>
    /// <param name="document">What a decision is about.</param>
    /// <param name="write">What it writes, which may know the hash of the text.</param>
    public static ContentHash OfContent(Document document, DocumentWrite? write) => Of(
        ((write as DocumentWrite.Put)?.TextHash ?? ContentHash.Of(document.Text)).ToString(), document.Metadata.Json, Show(document.ExpiresAt), document.Tier ?? "", document.SourceId);

    private static ContentHash Of(params string[] parts) => ContentHash.Of(string.Join('\0', parts));

    private static string Show(DocumentVersion version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version.Number}/{version.ModifiedAt?.UtcTicks}");

    private static string Show(DateTimeOffset? time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time?.UtcTicks}");
}
