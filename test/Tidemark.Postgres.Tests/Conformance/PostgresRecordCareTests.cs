using Tidemark.Conformance.Care;
using Tidemark.Indexing;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresRecordCareTests : RecordCareConformance
{
    private readonly PostgresAlteredStore _store = new();

    protected override string Impassable => """
        create function vector_send(vector) returns bytea language plpgsql as 'begin raise sqlstate ''XX002''; end';
        update embedding set input = substr(input || '\x00', 2)
        """;

    protected override string LostWords => "delete from keywords_1 where chunk = (select max(chunk) from keywords_1)";

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => _store.OpenAsync(clock);

    protected override Task ExecuteAsync(string sql) => _store.ExecuteAsync(sql);
}
