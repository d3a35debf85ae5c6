using System.Text;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Postgres.Indexing;

/// <summary>What a query must know of the generation that it asks.</summary>
internal sealed record IndexGeneration(IndexTables Tables, long Namespace, long Space, int Dimensions, long Chunks)
{
    /// <summary>Where its vectors stand.</summary>
    public IReadOnlyList<VectorSegment> Segments { get; init; } = [];

    /// <summary>Whether nearest vectors are found by a graph, at least some.</summary>
    public bool HasGraph => Segments.Any(segment => segment.HasGraph);

    /// <summary>The name of its embedding space.</summary>
    public required string SpaceName { get; init; }

    /// <summary>By which its words are indexed.</summary>
    public Stemmer? Stemmer { get; init; }

    /// <summary>Whether it answers for its namespace: then it has every live chunk.</summary>
    public bool Answers { get; init; }

    /// <summary>Of the external index that holds its vectors; null: they are here.</summary>
    public string? Location { get; init; }

    /// <summary>As far as those must know it who build its indexes.</summary>
    public GenerationRecord Record => new(
        Tables.Generation, new PipelineIdentity("", "", SpaceName, Dimensions) { Index = Location ?? PipelineIdentity.InStore }, GenerationState.Active);

    /// <summary>
    /// The chunks that searches find, as rows of <c>chunk</c> under the name c: the open ones; where an external index is behind,
    /// those that were valid at the published sequence.
    /// </summary>
    public string Found => Location is null
        ? $"(select * from chunk where generation = {Tables.Number} and to_sequence is null) c"
        : $"""
          (select x.* from chunk x left join unpublished u on u.generation = x.generation and u.document = x.document
           where x.generation = {Tables.Number} and case when u.document is null then x.to_sequence is null
             else x.from_sequence <= u.sequence and coalesce(x.to_sequence > u.sequence, true) end) c
          """;

    /// <summary>What <see cref="CaptionOf"/> reads, behind <see cref="Named"/>.</summary>
    public const string Caption = "coalesce(d.long_id, d.id), n.metadata, n.heading";

    /// <summary>Joins what stands above a chunk c, in the version of its document that searches find.</summary>
    public string Named => Location is null
        ? """
          left join document d on d.key = c.document
          left join layout l on l.generation = c.generation and l.document = c.document
          left join lateral (select d.metadata, l.headings[array_position(l.chunks, c.key)] as heading) n on true
          """
        : """
          left join document d on d.key = c.document
          left join unpublished p on p.generation = c.generation and p.document = c.document
          left join layout l on p.document is null and l.generation = c.generation and l.document = c.document
          left join document_history h
            on p.sequence > 0 and h.generation = c.generation and h.document = c.document and h.from_sequence = p.sequence
          left join lateral (
            select case when p.document is null then d.metadata else h.metadata end as metadata,
                   (coalesce(l.headings, h.headings))[array_position(coalesce(l.chunks, h.chunks), c.key)] as heading) n on true
          """;

    private const string Row = $"""
        select g.state, g.namespace, g.space, s.dimensions, g.chunks,
               (select x.location from external_index x where x.generation = g.id), s.name, v.tables, v.graphs, g.input
        from generation g join space s on s.id = g.space
        cross join lateral (
          select coalesce(array_agg(c.relname::text order by {VectorSegments.InOrder}), '{"{}"}') as tables,
                 coalesce(array_agg(exists (select 1 from pg_index x where x.indexrelid = to_regclass(c.relname || '_graph') and x.indisvalid)
                   order by {VectorSegments.InOrder}), '{"{}"}') as graphs
          from pg_class c where c.oid = to_regclass('vectors_' || g.id)
            or c.oid in (select inhrelid from pg_inherits where inhparent = to_regclass('vectors_' || g.id))) v
        where g.id = $1
        """;

    /// <exception cref="TidemarkException"><c>store.busy</c>: it was replaced since the query pinned it.</exception>
    public static async Task<IndexGeneration> PinAsync(
        NpgsqlConnection connection, PostgresDatabase database, long generation, CancellationToken cancellationToken) =>
        await FindAsync(connection, generation, cancellationToken).ConfigureAwait(false) ?? throw Replaced(database, generation);

    /// <returns>Null: there is none, or it was replaced.</returns>
    public static async Task<IndexGeneration?> FindAsync(
        NpgsqlConnection connection, long generation, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            Row, row => Read(row, generation), cancellationToken, Sql.Of(generation)).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    private static IndexGeneration? Read(NpgsqlDataReader row, long generation) =>
        row.GetInt16(0) == GenerationTable.Retired ? null : new IndexGeneration(
            new IndexTables(generation), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetInt64(4))
        {
            Answers = row.GetInt16(0) == (int)GenerationState.Active,
            Location = row.GetOptionalText(5),
            SpaceName = row.GetStoreText(6),
            Stemmer = Stemmer.Of(PipelineIdentity.StemmingOf(row.GetStoreText(9))),
            Segments =
            [
                .. row.GetFieldValue<string[]>(7).Zip(row.GetFieldValue<bool[]>(8), (table, hasGraph) => new VectorSegment(table, hasGraph)),
            ],
        };

    /// <summary>The active generation of a namespace; null where it has none yet.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public static async Task<IndexGeneration?> ActiveAsync(
        NpgsqlConnection connection, PostgresDatabase database, string @namespace, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            "select generation from namespace where name = $1",
            row => row.GetOptionalInt64(0),
            cancellationToken,
            Sql.Of(StoreText.Encode(@namespace))).ConfigureAwait(false);
        if (found.Count == 0)
        {
            await LostRows.RefuseNamespaceAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
            throw StoreRefusals.NamespaceMissing(@namespace, database.Address.ToString());
        }

        if (found[0] is not { } active)
        {
            return null;
        }

        return await FindAsync(connection, active, cancellationToken).ConfigureAwait(false)
            ?? throw Damage.Of(database.Address.ToString(), $"the generation that answers for '{@namespace}' is gone");
    }

    /// <summary>
    /// What every run can afford to ask: whether there is anything of the index of the generation that answers. Of an external index words
    /// are those of what is published, which may be nothing.
    /// </summary>
    /// <param name="connection">One message goes over it.</param>
    /// <param name="answering">Null: there is none.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is not.</exception>
    public static async Task RefuseGoneAsync(NpgsqlConnection connection, GenerationRecord? answering, CancellationToken cancellationToken)
    {
        if (answering is null)
        {
            return;
        }

        var tables = new IndexTables(answering.Id);
        var batch = new NpgsqlBatch(connection)
            .Add(Row, Sql.Of(answering.Id))
            .Add(IndexTables.WholeKeywords, Sql.Of(tables.Keywords), Sql.Of(IndexTables.PartsOfKeywords));
        if (!answering.Pipeline.IsExternal)
        {
            batch.Add($"select exists (select 1 from {tables.Vectors}) and exists (select 1 from {tables.Keywords})");
        }

        await using var held = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        if ((await rows.ListAsync(connection, row => Read(row, answering.Id), cancellationToken).ConfigureAwait(false))
            .FirstOrDefault() is not { Answers: true } found)
        {
            return;
        }

        var isThere = (await rows.NextListAsync(connection, row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false))[0];
        if (found.Location is null)
        {
            isThere &= found.Segments.Count > 0;
            isThere &= await HasRowsAsync(connection, rows, cancellationToken).ConfigureAwait(false) || (found.Chunks == 0 && isThere);
        }

        if (!isThere)
        {
            throw found.Lost;
        }
    }

    /// <summary>The server refuses to look where there is no table.</summary>
    private static async Task<bool> HasRowsAsync(NpgsqlConnection connection, NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        try
        {
            return (await rows.NextListAsync(connection, row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false)).Contains(true);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }

    /// <summary>What stands above a chunk as it is stored, whether that is sound or not.</summary>
    public static string CaptionOf(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? ""
        : ChunkCaption.Of(
            DocumentTitle.Of(row.GetStoreText(column), Encoding.UTF8.GetBytes(row.GetOptionalText(column + 1) ?? "")),
            row.GetOptionalText(column + 2));

    public static TidemarkException Replaced(PostgresDatabase database, long generation) =>
        StoreRefusals.Replaced(generation, database.Address.ToString());

    /// <summary>Before it is said that no more texts have words that were asked for.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: rows are missing, as far as a search can afford to count, or a part is.</exception>
    public async Task RequireWordsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RequireRowsAsync(connection, Tables.Keywords, cancellationToken).ConfigureAwait(false);
        if (Answers && !await Tables.AreKeywordsWholeAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            throw Lost;
        }
    }

    /// <summary>Before it is said that one of its tables has no more than was found.</summary>
    /// <param name="table">With a row for each chunk.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: rows are missing, as far as a search can afford to count.</exception>
    public async Task RequireRowsAsync(
        NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        if (Answers && await connection.ScalarAsync<bool>(
            $"select (select count(*) from (select 1 from {table} limit $2) r) < least(g.chunks, $2) from generation g where g.id = $1 and g.{RowStates.Active}",
            cancellationToken,
            Sql.Of(Tables.Generation),
            Sql.Of(AnswerDoubt.MostCounted)).ConfigureAwait(false))
        {
            throw Lost;
        }
    }

    /// <summary>The error of one that lacks rows of chunks that there are.</summary>
    public TidemarkException Lost => new(
        ErrorCodes.StoreCorrupt,
        $"the index of generation '{Tables.Generation}' is damaged: rows of it are missing",
        "rebuild it from the records, without embedding anything: VerifyAsync(Repair)");

    public TidemarkException Damaged(PostgresDatabase database, Exception cause) => new(
        ErrorCodes.StoreCorrupt,
        $"the index of '{database.Address}' is damaged: a table of it is not there",
        "run 'VerifyAsync(Repair)'",
        cause);
}
