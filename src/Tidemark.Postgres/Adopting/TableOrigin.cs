using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Adopting;
using Tidemark.Documents;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Adopting;

/// <summary>Rows of one table or view. Names become parts of statements only as the catalog knows them, and quoted.</summary>
internal sealed class TableOrigin(OriginDatabase database, IOriginFinder finder) : IEmbeddingOrigin
{
    /// <summary>Rows at once; fewer where they are large.</summary>
    private const int MostRows = 500;

    private const long MostNumbers = 1 << 20;

    private const string FindRelation = """
        select c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, row_security_active(c.oid)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass($1)
        """;

    private const string FindColumns = """
        select a.attname::text, t.typname::text, n.nspname::text
        from pg_attribute a join pg_type d on d.oid = a.atttypid
        join pg_type t on t.oid = case when d.typtype = 'd' then d.typbasetype else d.oid end join pg_namespace n on n.oid = t.typnamespace
        where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped order by a.attnum
        """;

    private OriginTable? _table;
    private VectorColumn? _vector;
    private string? _from;

    public async ValueTask<OriginSurvey> SurveyAsync(CancellationToken cancellationToken)
    {
        var table = await finder.FindAsync(database, cancellationToken).ConfigureAwait(false);
        var found = await database.ListAsync(
            FindRelation,
            row => (Oid: row.GetInt64(0), Schema: row.GetString(1), Name: row.GetString(2), Kind: row.GetString(3), IsHidden: row.GetBoolean(4)),
            cancellationToken,
            Sql.Of(table.Relation)).ConfigureAwait(false);
        if (found is not [{ Kind: "r" or "p" or "v" or "m" or "f" } relation])
        {
            throw OriginErrors.Missing(
                $"'{database.Name}' has no table '{table.Relation}'", "name it with its schema, as SQL does: public.chunk");
        }

        var columns = await database.ListAsync(
            FindColumns, row => (Name: row.GetString(0), Type: row.GetString(1), Schema: row.GetString(2)), cancellationToken, Sql.Of(relation.Oid))
            .ConfigureAwait(false);
        Require(table.Text, "the texts");
        Require(table.Id, "the ids");
        Require(table.Where, "the collection");
        Require(table.Vector, "the vectors");
        var (_, type, schema) = columns.Find(column => column.Name == table.Vector);
        _vector = VectorColumn.Of(table.Vector, type, schema) ?? throw OriginErrors.Unreadable(
            $"the column '{table.Vector}' of '{table.Of}' is of the type '{type}', which holds no vectors that can be read",
            "name a column of the type vector, halfvec, real[], double precision[], or of lists in JSON");
        (_table, _from) = (table, $"{StoreAddress.Quote(relation.Schema)}.{StoreAddress.Quote(relation.Name)}");
        return new OriginSurvey(database.Name, table.Of)
        {
            Model = table.Model,
            IsHalf = _vector.IsHalf,
            Warnings = relation.IsHidden
                ?
                [
                    new ItemWarning(
                        table.Of, ErrorCodes.SourceIncomplete, $"row security may hide rows of '{table.Of}' from this role", "use a role that may see them all"),
                ]
                : [],
        };

        void Require(string? column, string what)
        {
            if (column is not null && !columns.Exists(one => one.Name == column))
            {
                throw OriginErrors.Missing(
                    $"'{table.Of}' has no column '{column}'", $"name one of its columns for {what}: {string.Join(", ", columns.Select(one => one.Name))}");
            }
        }
    }

    /// <summary>By a hash of the text: from all over the table, whatever its order, short texts first.</summary>
    public IAsyncEnumerable<OriginRow> SampleAsync(int most, CancellationToken cancellationToken)
    {
        const int Short = 4_000;
        var text = $"{StoreAddress.Quote(_table!.Text)}::text";
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Select(numbered: false)} and {text} ~ '\S' and {StoreAddress.Quote(_table.Vector)} is not null
            order by length({text}) > {Short}, hashtextextended({text}, 0) limit {most}
            """);
        return database.StreamAsync(sql, Read, Parameters(), cancellationToken);
    }

    public async IAsyncEnumerable<IReadOnlyList<OriginRow>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (batch, numbers) = (new List<OriginRow>(MostRows), 0L);
        await foreach (var row in database.StreamAsync(Select(numbered: true), Read, Parameters(), cancellationToken).ConfigureAwait(false))
        {
            batch.Add(row);
            numbers += (row.Vector?.Length ?? 0) + (row.Text?.Length ?? 0);
            if (batch.Count >= MostRows || numbers >= MostNumbers)
            {
                yield return batch;
                (batch, numbers) = (new List<OriginRow>(MostRows), 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private string Select(bool numbered)
    {
        var id = _table!.Id is { } column ? $"{StoreAddress.Quote(column)}::text" : numbered ? "'row ' || row_number() over ()" : "'a sample'";
        var where = _table.Where is { } condition ? $"{StoreAddress.Quote(condition)} = $1::uuid" : "true";
        return $"select {id}, {StoreAddress.Quote(_table.Text)}::text, {_vector!.Expression} from {_from} where {where}";
    }

    private NpgsqlParameter[] Parameters() => _table!.Value is { } value ? [Sql.Of(value)] : [];

    private OriginRow Read(NpgsqlDataReader row)
    {
        var label = row.IsDBNull(0) ? "a row without an id" : row.GetString(0);
        var text = row.IsDBNull(1) ? null : row.GetString(1);
        try
        {
            return new OriginRow(label, text, row.IsDBNull(2) ? (ReadOnlyMemory<float>?)null : _vector!.Read(row, 2));
        }
        catch (FormatException e)
        {
            return new OriginRow(label, text, null) { Fault = e.Message };
        }
    }
}
