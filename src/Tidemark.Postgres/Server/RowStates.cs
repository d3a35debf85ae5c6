namespace Tidemark.Postgres.Server;

/// <summary>What states are called in rows: statements ask for them by these names, with their table's letter before it.</summary>
internal static class RowStates
{
    /// <summary>Of a document: in the index (<see cref="Tidemark.Records.DocumentState.Live"/>).</summary>
    public const string Live = "state = 1";

    public const string NotLive = "state <> 1";

    /// <summary>Of a document: gone because a complete listing did not name it.</summary>
    public const string Removed = "state = 2";

    /// <summary>Of a document: none that is ever stored.</summary>
    public const string Unknown = "state not in (1, 2, 3, 4)";

    /// <summary>Of a generation: filled or following beside the one that answers (<see cref="Tidemark.Records.GenerationState"/>).</summary>
    public const string Beside = "state in (0, 3, 4)";

    /// <summary>Of a generation: it has answered, and follows.</summary>
    public const string Previous = "state = 3";

    /// <summary>Of a generation: a migration builds it.</summary>
    public const string Candidate = "state = 4";

    /// <summary>Of a generation: answers queries.</summary>
    public const string Active = "state = 1";

    public const string NotActive = "state <> 1";

    /// <summary>Of a generation: another one was promoted over it.</summary>
    public const string Retired = "state = 2";

    /// <summary>Of a generation: it answers, or is beside the one that does.</summary>
    public const string NotRetired = "state <> 2";

    /// <summary>Of a queued change: it waits, or is leased.</summary>
    public const string Waiting = "dead = 0";

    /// <summary>Of a queued change: it is not tried any more.</summary>
    public const string Dead = "dead = 1";

    /// <summary>Of an entry of the outbox (<see cref="Tidemark.Records.OutboxChange"/>): its document waits for it.</summary>
    public const string Put = "change = 0";

    /// <summary>Of an entry of the outbox: something is written.</summary>
    public const string Written = "change < 2";

    /// <summary>Of an entry of the outbox: it is deleted.</summary>
    public const string Deleted = "change = 2";

    /// <summary>Of an entry of the outbox: none that is ever stored.</summary>
    public const string UnknownChange = "change not in (0, 1, 2)";

    /// <summary>The numbers themselves, for what is written: of documents, generations, the ends of former states, and entries of the outbox.</summary>
    public const string RemovedNumber = "2", TombstonedNumber = "3";

    /// <inheritdoc cref="RemovedNumber"/>
    public const string BuildingNumber = "0", ActiveNumber = "1", RetiredNumber = "2";

    /// <inheritdoc cref="RemovedNumber"/>
    public const string EndSupersededNumber = "0", EndRemovedNumber = "2";

    /// <inheritdoc cref="RemovedNumber"/>
    public const string PutNumber = "0", PatchNumber = "1", DeleteNumber = "2";
}
