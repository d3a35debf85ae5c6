using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Which documents a complete listing has deleted by not naming them. Pure.</summary>
internal static class CleanupRule
{
    /// <param name="document">A live document of the source.</param>
    /// <param name="mode">How the source is cleaned up.</param>
    /// <param name="marks">What the run has seen.</param>
    /// <param name="startSequence">A document written since, but not by this run, is left alone.</param>
    public static bool IsGone(in LiveDocument document, CleanupMode mode, RunMarks marks, long startSequence) =>
        !marks.Seen.Contains(document.Key.Value)
        && !document.IsRestored
        && document.Sequence <= startSequence
        && mode switch
        {
            CleanupMode.Full => true,
            CleanupMode.Incremental => IsReplaced(document, marks),
            _ => false,
        };

    /// <summary>Something else of its source id was listed: this part was replaced, not lost.</summary>
    public static bool IsReplaced(in LiveDocument document, RunMarks marks) =>
        !document.SourceId.IsNone && marks.SourceIds.Contains(document.SourceId.Value);
}
