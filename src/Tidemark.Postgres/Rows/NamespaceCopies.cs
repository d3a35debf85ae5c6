using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>
/// Whoever reads a namespace asks first whether it was built with what its rows say: they stand twice more in <c>catalog</c>, and who goes
/// by a wrong one asks another model, or calls a full index an empty one.
/// </summary>
internal static class NamespaceCopies
{
    /// <summary>What is wrong with the rows that a namespace n hangs on; null: nothing.</summary>
    public const string Fault = $"""
        (select case
          when exists (
            select 1 from (
              select 'namespace' as kind, n.id, jsonb_build_array(n.name)::text as content
              union all select 'generation', g.id, jsonb_build_array(g.namespace, g.chunker, g.input, g.space)::text from generation g
                where g.id = n.generation or (g.namespace = n.id and g.{RowStates.Beside})
              union all select 'space', s.id, jsonb_build_array(s.name, s.dimensions)::text from space s
                where s.id in (select g.space from generation g where g.id = n.generation or (g.namespace = n.id and g.{RowStates.Beside}))) t
            join catalog k on k.kind = t.kind and k.id = t.id
            where t.content is distinct from k.first and t.content is distinct from k.second)
            then '{NamespaceSummary.Rebuilt}'
          when n.generation is null and exists (select 1 from generation g where g.namespace = n.id and g.{RowStates.Active})
            or n.generation is not null and not exists (
              select 1 from generation g join space s on s.id = g.space where g.id = n.generation and g.{RowStates.Active})
            then '{NamespaceSummary.Unanswered}'
          end)
        """;

    /// <param name="fault">Null: none.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static void Refuse(string name, string? fault)
    {
        if (fault is not null)
        {
            throw NamespaceSummary.Damaged(name, fault);
        }
    }
}
