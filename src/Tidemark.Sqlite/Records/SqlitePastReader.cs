using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;
using static Tidemark.Sqlite.Records.PastRows;

namespace Tidemark.Sqlite.Records;

/// <summary>Looks at what was; every answer is of one committed state of the file, also a streamed one.</summary>
internal sealed class SqlitePastReader(SqliteDatabase database) : IPastReader
{
    private const string SequenceAt = $"SELECT coalesce(max(sequence), 0) FROM commit_log WHERE {Of} AND at <= ?2";

    private const string SequenceOfRun = $"""
        SELECT coalesce(max(sequence), (SELECT coalesce(max(sequence), 0) FROM commit_log WHERE {Of} AND run < ?2))
        FROM commit_log WHERE {Of} AND run = ?2
        """;

    private const string RunExists = $"SELECT 1 FROM run WHERE {Of} AND id = ?2";

    private const string TimeOfRun = $"SELECT coalesce(finished_at, started_at) FROM run WHERE {Of} AND id = ?2";

    private const string GenerationAt = $"""
        SELECT coalesce(
          (SELECT p.generation FROM promotion p WHERE p.namespace = n.id AND p.sequence <= ?2 ORDER BY p.sequence DESC LIMIT 1),
          (SELECT max(g.id) FROM generation g WHERE g.namespace = n.id AND g.id <
            (SELECT p.generation FROM promotion p WHERE p.namespace = n.id ORDER BY p.sequence LIMIT 1)),
          n.generation, 0)
        FROM namespace n WHERE n.name = ?1
        """;

    private const string States = $"{Current} AND d.id = ?2 UNION ALL {Former} AND d.id = ?2 ORDER BY began DESC";

    private const string Then = $"""
        {Current} AND d.id >= ?2 AND d.id < ?3 AND d.sequence <= ?4
        UNION ALL {Former} AND d.id >= ?2 AND d.id < ?3 AND h.from_sequence <= ?4 AND h.to_sequence > ?4
        UNION ALL {Following} AND d.id >= ?2 AND d.id < ?3 AND d.sequence <= ?4
        ORDER BY 1
        """;

    private const string Changed = $"""
        SELECT d.id FROM document d WHERE d.{Of} AND ((d.sequence > ?2 AND d.sequence <= ?3) OR EXISTS (
          SELECT 1 FROM document_history h
          WHERE h.document = d.key AND {Whole} AND h.to_sequence > ?2 AND (h.to_sequence <= ?3 OR (h.from_sequence > ?2 AND h.from_sequence <= ?3))))
        ORDER BY d.id
        """;

    private const string Expired = $"""
        SELECT id FROM document WHERE {Of} AND {RowStates.Live} AND sequence <= ?2 AND expires_at IS NOT NULL AND expires_at > ?3 AND expires_at <= ?4
        UNION ALL
        SELECT d.id FROM document d JOIN document_history h ON h.document = d.key
        WHERE d.{Of} AND h.from_sequence <= ?2 AND h.to_sequence > ?2 AND h.expires_at > ?3 AND h.expires_at <= ?4
        """;

    private const string Gone = $"""
        {Former} AND d.{RowStates.NotLive}
          AND h.to_sequence = (SELECT max(last.to_sequence) FROM document_history last WHERE last.document = d.key)
        ORDER BY d.id
        """;

    private const string SourceIds = $"""
        SELECT value FROM source_id WHERE {Of}
        UNION SELECT d.id FROM document d WHERE d.{Of} AND (d.source_id = 0 OR EXISTS (
          SELECT 1 FROM document_history h WHERE h.document = d.key AND h.source_id = 0))
        """;

    private const string OfSourceId = $"""
        SELECT id, max(now) FROM (
          SELECT d.id, 1 AS now FROM document d JOIN source_id i ON i.id = d.source_id WHERE d.{Of} AND i.{Of} AND i.value = ?2
          UNION ALL SELECT d.id, 1 FROM document d WHERE d.{Of} AND d.id = ?2 AND d.source_id = 0
          UNION ALL SELECT d.id, 0 FROM source_id i JOIN document_history h ON h.source_id = i.id JOIN document d ON d.key = h.document
            WHERE i.{Of} AND i.value = ?2
          UNION ALL SELECT d.id, 0 FROM document d JOIN document_history h ON h.document = d.key AND h.source_id = 0 WHERE d.{Of} AND d.id = ?2)
        GROUP BY id ORDER BY id
        """;

    private const string FormerOf = $"SELECT {FormerStates.Columns} WHERE d.{Of} AND d.id = ?2 AND h.from_sequence = ?3 AND {Whole}";

    private const string FollowedState = $"SELECT {FormerStates.FollowedColumns} WHERE l.generation = ?1 AND l.document = ?2";

    private const string FormerState = $"SELECT {FormerStates.Columns} WHERE h.key = ?1";

    public ValueTask<long> SequenceAtAsync(string @namespace, DateTimeOffset time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(SequenceAt);
        row.BindText(1, @namespace);
        row.Bind(2, time.ToStored());
        row.Step();
        return ValueTask.FromResult(CommitTotals.Require(reader.Connection, @namespace, row.GetInt64(0)));
    }

    public ValueTask<long?> SequenceOfRunAsync(string @namespace, long run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var exists = reader.Connection.Statement(RunExists);
        exists.BindText(1, @namespace);
        exists.Bind(2, run);
        if (!exists.Step())
        {
            return ValueTask.FromResult<long?>(null);
        }

        using var row = reader.Connection.Statement(SequenceOfRun);
        row.BindText(1, @namespace);
        row.Bind(2, run);
        row.Step();
        return ValueTask.FromResult<long?>(CommitTotals.Require(reader.Connection, @namespace, row.GetInt64(0)));
    }

    public ValueTask<DateTimeOffset?> TimeOfRunAsync(string @namespace, long run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.Rent();
        using var row = reader.Connection.Statement(TimeOfRun);
        row.BindText(1, @namespace);
        row.Bind(2, run);
        return ValueTask.FromResult(row.Step() ? StoreTime.FromStored(row.GetNullableInt64(0), "table run", "finished_at") : null);
    }

    public ValueTask<GenerationRecord?> GenerationAtAsync(string @namespace, long sequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult(GenerationTable.Find(reader.Connection, Answering(reader.Connection, @namespace, sequence)));
    }

    public ValueTask<IReadOnlyList<PastState>> StatesAsync(string @namespace, string document, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(States);
        row.BindText(1, @namespace);
        row.BindText(2, document);
        var states = new List<PastState>();
        while (row.Step())
        {
            states.Add(ReadState(row));
        }

        return ValueTask.FromResult(PastStates.Whole(states));
    }

    public async IAsyncEnumerable<PastState> GoneAsync(string @namespace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(Gone);
        row.BindText(1, @namespace);
        while (row.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ReadGone(row);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<string>> SourceIdsAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(SourceIds);
        row.BindText(1, @namespace);
        var ids = new List<string>();
        while (row.Step())
        {
            ids.Add(row.GetText(0));
        }

        return ValueTask.FromResult<IReadOnlyList<string>>(ids);
    }

    public ValueTask<IReadOnlyList<(string Document, bool IsNow)>> OfSourceIdAsync(
        string @namespace, string sourceId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(OfSourceId);
        row.BindText(1, @namespace);
        row.BindText(2, sourceId);
        var documents = new List<(string, bool)>();
        while (row.Step())
        {
            documents.Add((row.GetText(0), row.GetInt64(1) != 0));
        }

        return ValueTask.FromResult<IReadOnlyList<(string Document, bool IsNow)>>(documents);
    }

    public ValueTask<IReadOnlyList<FormerDocument?>> FormerAsync(
        string @namespace, IReadOnlyList<(string Document, long Sequence)> states, CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        var former = new FormerStates(reader.Connection);
        var found = new FormerDocument?[states.Count];
        for (var i = 0; i < found.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var row = reader.Connection.Statement(FormerOf);
            row.BindText(1, @namespace);
            row.BindText(2, states[i].Document);
            row.Bind(3, states[i].Sequence);
            if (row.Step())
            {
                var (document, _, damage) = former.Read(row);
                found[i] = FormerStates.Whole(row, document, damage);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<FormerDocument?>>(found);
    }

    public async IAsyncEnumerable<string> ChangedAsync(
        string @namespace, long after, long until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(Changed);
        row.BindText(1, @namespace);
        row.Bind(2, after);
        row.Bind(3, until);
        while (row.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row.GetText(0);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<string> ExpiredAsync(
        string @namespace,
        long sequence,
        DateTimeOffset after,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(Expired);
        row.BindText(1, @namespace);
        row.Bind(2, sequence);
        row.Bind(3, after.ToStored());
        row.Bind(4, until.ToStored());
        while (row.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row.GetText(0);
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, long sequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        foreach (var state in Valid(reader.Connection, @namespace, (prefix, Utf8Range.EndOf(prefix)), sequence))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return state.Document;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace, string? document, long sequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        var live = new ChunkLister(reader.Connection, withVectors: false);
        var former = new FormerStates(reader.Connection);
        var ids = document is null ? ("", Utf8Range.EndOf("")) : (document, Utf8Range.After(document));
        foreach (var state in Valid(reader.Connection, @namespace, ids, sequence))
        {
            foreach (var chunk in state.IsCurrent ? live.List(@namespace, state.Document.Id) : Chunks(reader.Connection, former, state))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return chunk;
            }
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>Of each document the state that was valid, as the generation that answered then had cut it, or else as it was last.</summary>
    private static IEnumerable<ValidState> Valid(SqliteConnection connection, string @namespace, (string From, byte[] To) ids, long sequence)
    {
        var then = Answering(connection, @namespace, sequence);
        using var row = connection.Statement(Then);
        row.BindText(1, @namespace);
        row.BindText(2, ids.From);
        row.BindText(3, ids.To);
        row.Bind(4, sequence);
        row.Bind(5, then);
        ValidState? best = null;
        while (row.Step())
        {
            var next = new ValidState(
                ReadDocument(row), row.GetNullableInt64(20), row.GetNullableInt64(16) ?? long.MaxValue, row.GetInt64(21), row.GetInt64(22), row.IsNull(15));
            if (best is { } former && former.Key != next.Key)
            {
                yield return former;
                best = null;
            }

            best = best is { } known && known.IsBetterThan(next, then) ? known : next;
        }

        if (best is { } last)
        {
            yield return last;
        }
    }

    private static long Answering(SqliteConnection connection, string @namespace, long sequence)
    {
        using var row = connection.Statement(GenerationAt);
        row.BindText(1, @namespace);
        row.Bind(2, sequence);
        return row.Step() ? row.GetInt64(0) : 0;
    }

    private static IEnumerable<IndexedChunk> Chunks(SqliteConnection connection, FormerStates states, ValidState state)
    {
        using var row = connection.Statement(state.Former is null ? FollowedState : FormerState);
        row.Bind(1, state.Former ?? state.Generation);
        if (state.Former is null)
        {
            row.Bind(2, state.Key);
        }

        row.Step();
        var (document, chunks, damage) = states.Read(row);
        return damage is null ? document.IndexedChunks(state.Document, chunks) : throw SqliteErrors.Damaged(
            connection.Path,
            $"of '{state.Document.Id}', {StoredDocument.FormerDamage(state.Document.Id, FormerStates.SequencesOf(row), damage).What}");
    }

    private static PastState ReadGone(SqliteStatement row)
    {
        try
        {
            return ReadState(row);
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return PastState.Damaged(row.GetText(0), e);
        }
    }

    private static PastState ReadState(SqliteStatement row)
    {
        var document = ReadDocument(row);
        return row.IsNull(16) ? new PastState(document, Until: null, Ended: null) : new PastState(
            document,
            new CommitMoment(row.GetInt64(16), row.GetInt64(18), StoreTime.FromStored(row.GetInt64(19), "table commit_log", "at")),
            StateEnds.FromStored(row.GetInt64(17), document.Id));
    }

    /// <summary>A live one under its seal, a former one as it is kept.</summary>
    private static DocumentSummary ReadDocument(SqliteStatement row)
    {
        var document = SummaryColumns.Read(row);
        return row.IsNull(15) ? document : document with
        {
            Chunks = row.FindLayout(15)?.Length
                ?? throw StoredValue.Damaged(document.Id, "the list of chunks of a former state is not what was stored"),
        };
    }

    /// <param name="Former">The key of the row that it is kept in; null: it is live.</param>
    /// <param name="Until">Where that row ends.</param>
    /// <param name="Generation">Whose index it was cut for.</param>
    /// <param name="Key">Of the document.</param>
    /// <param name="IsCurrent">It is live in the generation that answers.</param>
    private sealed record ValidState(DocumentSummary Document, long? Former, long Until, long Generation, long Key, bool IsCurrent)
    {
        public bool IsBetterThan(ValidState other, long generation) => (Generation == generation, Until).CompareTo((other.Generation == generation, other.Until)) > 0;
    }
}
