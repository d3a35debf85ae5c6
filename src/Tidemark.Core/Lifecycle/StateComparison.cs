using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>In what two states of a document differ. Pure.</summary>
internal static class StateComparison
{
    private static readonly IReadOnlyList<string> Added = ["added"];

    /// <param name="states">Of one document, newest first.</param>
    /// <param name="horizon">What ended before may be gone.</param>
    public static IReadOnlyList<HistoryState> Of(IReadOnlyList<PastState> states, long horizon)
    {
        var compared = new HistoryState[states.Count];
        for (var i = 0; i < compared.Length; i++)
        {
            var (state, former) = (states[i], i + 1 < states.Count ? states[i + 1] : null);
            compared[i] = new HistoryState(
                state,
                former is not null && former.Until!.Value.Sequence == state.Document.Sequence ? Differences(former.Document, state.Document)
                : former is null && state.Document.Sequence <= horizon ? null
                : Added);
        }

        return compared;
    }

    /// <summary>Whether what readers get of it differs: its text, or what is told of it.</summary>
    public static string? ChangeOf(DocumentSummary from, DocumentSummary to) =>
        from.TextHash != to.TextHash ? "edited"
        : from.Metadata != to.Metadata || from.Source != to.Source ? "metadata"
        : null;

    private static List<string> Differences(DocumentSummary from, DocumentSummary to)
    {
        var changed = new List<string>();
        Note("text", from.TextHash == to.TextHash);
        Note("metadata", from.Metadata == to.Metadata);
        Note("source", from.Source == to.Source);
        Note("sourceId", from.SourceId == to.SourceId);
        Note("version", from.Version.Number == to.Version.Number);
        Note("modifiedAt", from.Version.ModifiedAt == to.Version.ModifiedAt);
        Note("expiresAt", from.ExpiresAt == to.ExpiresAt);
        Note("tier", from.Tier == to.Tier);
        return changed;

        void Note(string name, bool isSame)
        {
            if (!isSame)
            {
                changed.Add(name);
            }
        }
    }
}
