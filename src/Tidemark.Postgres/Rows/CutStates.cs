using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Rows;

/// <summary>How a generation that answered until the last promotion had cut what goes on: kept before any of it is changed.</summary>
internal static class CutStates
{
    /// <summary>Of generation $1.</summary>
    public const string Keep = $"""
        insert into document_history (document, from_sequence, to_sequence, generation, source, source_id, run, text_hash,
                                      version, modified_at, expires_at, tier, metadata, is_partition, chunks, starts, lengths,
                                      headings, text, ended, seal)
        select d.key, d.sequence, p.sequence, l.generation, d.source, d.source_id, d.run, d.text_hash,
               d.version, d.modified_at, d.expires_at, d.tier, d.metadata, l.is_partition, l.chunks, l.starts, l.lengths,
               l.headings, case when not l.is_partition then t.text end, {RowStates.EndSupersededNumber}, d.seal
        from layout l join document d on d.key = l.document and d.sequence = l.sequence and d.{RowStates.Live}
        join promotion p on p.namespace = d.namespace
          and p.sequence = (select max(last.sequence) from promotion last where last.namespace = d.namespace)
        left join document_text t on t.document = d.key
        where l.generation = $1 and l.sequence < p.sequence
        """;

    /// <summary>Of documents $2.</summary>
    public const string KeepSome = Keep + " and l.document = any($2)";
}
