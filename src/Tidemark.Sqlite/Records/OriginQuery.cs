using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Layouts;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>
/// Explains the vectors of one document, within the caller's read transaction. Whom a vector was made for is not stored:
/// it is the first chunk that the paying run opened with that input, so all chunks are walked once.
/// </summary>
internal sealed class OriginQuery(SqliteConnection connection)
{
    private const string DocumentRow = $"""
        SELECT l.entries, g.space FROM namespace n
        JOIN generation g ON g.id = n.generation
        JOIN document d ON d.namespace = n.id
        JOIN layout l ON l.generation = n.generation AND l.document = d.key
        WHERE n.name = ?1 AND d.id = ?2 AND d.{RowStates.Live}
        """;

    private const string ChunkRow = """
        SELECT c.input, c.occurrence, o.run, o.at FROM chunk c
        JOIN generation g ON g.id = c.generation
        LEFT JOIN commit_log o ON o.namespace = g.namespace AND o.sequence = c.from_sequence
        WHERE c.key = ?1
        """;

    private const string OwnerRow = """
        SELECT d.id, n.name, g.space, o.run FROM chunk c
        JOIN generation g ON g.id = c.generation
        JOIN namespace n ON n.id = g.namespace
        JOIN document d ON d.key = c.document
        LEFT JOIN commit_log o ON o.namespace = g.namespace AND o.sequence = c.from_sequence
        WHERE c.key = ?1
        """;

    private const string PriceRow = "SELECT price FROM ledger WHERE run = ?1 AND space = ?2 LIMIT 1";
    private const string Inputs = "SELECT key, input FROM chunk";

    private readonly EmbeddingTable _embeddings = new(connection);

    public List<ChunkOrigin> Run(string @namespace, string document, CancellationToken cancellationToken)
    {
        var (layout, space) = FindLayout(@namespace, document);
        var origins = new List<ChunkOrigin>(layout.Length);
        for (var i = 0; i < layout.Length; i++)
        {
            origins.Add(Read(layout[i], i, space));
        }

        var payers = FindPayers(origins, space, cancellationToken);
        for (var i = 0; i < origins.Count; i++)
        {
            if (origins[i].EmbeddedAt is not null)
            {
                origins[i] = Explain(origins[i], layout[i].Chunk, payers.GetValueOrDefault(origins[i].Input), (@namespace, document));
            }
        }

        return origins;
    }

    private (LayoutEntry[] Layout, long Space) FindLayout(string @namespace, string document)
    {
        using var row = connection.Statement(DocumentRow);
        row.BindText(1, @namespace);
        row.BindText(2, document);
        return row.Step() ? (row.GetLayout(0), row.GetInt64(1)) : ([], 0);
    }

    private ChunkOrigin Read(LayoutEntry entry, int ordinal, long space)
    {
        using var row = connection.Statement(ChunkRow);
        row.Bind(1, entry.Chunk);
        if (!row.Step())
        {
            throw SqliteErrors.Corrupt(connection.Path, $"there is no chunk with the key {entry.Chunk}");
        }

        var origin = new ChunkOrigin
        {
            Ordinal = ordinal,
            Input = row.GetHash(0),
            Occurrence = row.GetInt32(1),
            Heading = entry.Heading,
            IndexedIn = row.GetInt64(2),
            IndexedAt = StoreTime.FromStored(row.GetNullableInt64(3), "table commit_log", "at"),
        };
        return _embeddings.FindOrigin(space, origin.Input) is not { } made ? origin : origin with
        {
            EmbeddedAt = StoreTime.FromStored(made.StoredAt, "table embedding", "stored_at"),
            EmbeddedIn = made.Run,
            Cause = made.Cause,
            Tokens = made.Tokens,
            PricePerMillionTokens = PriceOf(made.Run, space),
        };
    }

    private decimal? PriceOf(long run, long space)
    {
        using var row = connection.Statement(PriceRow);
        row.Bind(1, run);
        row.Bind(2, space);
        return row.Step() ? StoredMoney.ReadPrice(row.GetNullableInt64(0)) : null;
    }

    /// <summary>For each input the first chunk of the run that had it embedded; absent where there is none any more.</summary>
    private Dictionary<ContentHash, Payer> FindPayers(
        List<ChunkOrigin> origins, long space, CancellationToken cancellationToken)
    {
        var open = new Dictionary<ContentHash, long>();
        foreach (var origin in origins)
        {
            open.TryAdd(origin.Input, origin.EmbeddedIn);
        }

        var payers = new Dictionary<ContentHash, Payer>(open.Count);
        using var row = connection.Statement(Inputs);
        while (open.Count > 0 && row.Step())
        {
            var input = row.GetHash(1);
            if (open.TryGetValue(input, out var run) && FindOwner(row.GetInt64(0), space, run) is { } payer)
            {
                payers.Add(input, payer);
                open.Remove(input);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return payers;
    }

    private Payer? FindOwner(long chunk, long space, long run)
    {
        using var row = connection.Statement(OwnerRow);
        row.Bind(1, chunk);
        return row.Step() && row.GetInt64(2) == space && row.GetInt64(3) == run
            ? new Payer(chunk, row.GetText(1), row.GetText(0))
            : null;
    }

    private static ChunkOrigin Explain(
        ChunkOrigin origin, long chunk, Payer? payer, (string Namespace, string Document) self)
    {
        if (payer?.Chunk == chunk)
        {
            return origin;
        }

        var isOther = payer is not null && (payer.Namespace, payer.Document) != self;
        return origin with
        {
            IsReused = true,
            ReusedFrom = isOther ? payer!.Document : null,
            ReusedFromNamespace = isOther ? payer!.Namespace : null,
        };
    }

    private sealed record Payer(long Chunk, string Namespace, string Document);
}
