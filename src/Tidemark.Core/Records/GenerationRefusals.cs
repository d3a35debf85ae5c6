using System.Globalization;
using Tidemark.Diagnostics;

namespace Tidemark.Records;

/// <summary>Why a generation is not made, or not promoted. Every store says it in the same words.</summary>
public static class GenerationRefusals
{
    private const string GoOn = "run 'StartMigrationAsync()' (or the same 'SyncAsync(Rebuild)') again: it goes on where it stopped";

    /// <summary>Another one is to be built, and the place beside the active one is taken.</summary>
    /// <param name="beside">Follows with another pipeline.</param>
    /// <param name="active">Answers.</param>
    public static TidemarkException Follows(GenerationRecord beside, GenerationRecord? active)
    {
        ArgumentNullException.ThrowIfNull(beside);
        return new TidemarkException(
            ErrorCodes.MigrationRunning,
            string.Create(
                CultureInfo.InvariantCulture,
                $"generation {beside.Id} ({beside.Pipeline.Summary}) follows beside the one that answers"),
            !beside.IsNewerThan(active)
                ? "end the migration that it is left of with 'FinishMigrationAsync()'; then there is no way back to it"
                : "promote it with 'PromoteMigrationAsync()', or give it up with 'CancelMigrationAsync()'");
    }

    /// <summary>It lacks documents.</summary>
    /// <param name="count">How many.</param>
    /// <param name="first">The id of one of them.</param>
    public static TidemarkException Behind(long count, string first) => new(
        ErrorCodes.MigrationBehind,
        $"the new generation lacks {Numbered.Of(count, "document", "documents")}, '{first}' among them",
        GoOn);

    /// <summary>Its external index lacks entries.</summary>
    /// <param name="documents">Of how many documents.</param>
    public static TidemarkException Unpublished(long documents) => new(
        ErrorCodes.IndexLagging,
        $"the external index of the new generation lacks entries of {Numbered.Of(documents, "document", "documents")}",
        GoOn);
}
