using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Rows of <c>safeguard</c>.</summary>
internal static class SafeguardTable
{
    /// <summary>The keys of documents that a legal hold covers, by what they are or what a kept state of them was.</summary>
    public const string HeldDocuments = """
        SELECT d.key FROM safeguard g CROSS JOIN document d ON d.namespace = g.namespace AND d.id = g.name
        WHERE g.kind = 'hold' AND (g.scope = 'document' OR d.source_id = 0)
        UNION ALL
        SELECT d.key FROM safeguard g CROSS JOIN source_id i ON i.namespace = g.namespace AND i.value = g.name
        CROSS JOIN document d ON d.namespace = g.namespace AND d.source_id = i.id
        WHERE g.kind = 'hold' AND g.scope = 'source'
        UNION ALL
        SELECT h.document FROM safeguard g CROSS JOIN source_id i ON i.namespace = g.namespace AND i.value = g.name
        CROSS JOIN document_history h ON h.source_id = i.id
        WHERE g.kind = 'hold' AND g.scope = 'source'
        UNION ALL
        SELECT h.document FROM safeguard g CROSS JOIN document d ON d.namespace = g.namespace AND d.id = g.name
        CROSS JOIN document_history h ON h.document = d.key AND h.source_id = 0
        WHERE g.kind = 'hold' AND g.scope = 'source'
        """;

    private const string Same = "namespace = ?1 AND kind = ?2 AND scope = ?3 AND name = ?4";

    private const string Insert = $"""
        INSERT INTO safeguard (namespace, kind, scope, name, note, since)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM safeguard WHERE {Same})
        """;

    private const string Rows = """
        SELECT scope, name, note, since FROM safeguard
        WHERE namespace = (SELECT id FROM namespace WHERE name = ?1) AND kind = ?2 ORDER BY scope, name
        """;

    private static readonly string[] Deletions =
    [
        $"DELETE FROM catalog WHERE kind = 'safeguard' AND id IN (SELECT id FROM safeguard WHERE {Same})",
        $"DELETE FROM safeguard WHERE {Same}",
    ];

    public static List<Safeguard> List(SqliteConnection connection, string @namespace, SafeguardKind kind)
    {
        using var row = connection.Statement(Rows);
        row.BindText(1, @namespace);
        row.BindText(2, SafeguardNames.Of(kind));
        var safeguards = new List<Safeguard>();
        while (row.Step())
        {
            safeguards.Add(new Safeguard(
                kind,
                SafeguardNames.ScopeOf(row.GetText(0)),
                row.GetText(1),
                row.GetText(2),
                StoreTime.FromStored(row.GetInt64(3), "table safeguard", "since")));
        }

        return safeguards;
    }

    /// <returns>False: it is there.</returns>
    public static bool Add(SqliteConnection connection, long @namespace, Safeguard safeguard)
    {
        using var row = connection.Statement(Insert);
        Bind(row, @namespace, safeguard.Kind, safeguard.Scope, safeguard.Name);
        row.BindText(5, safeguard.Note);
        row.Bind(6, safeguard.Since.ToStored());
        row.Step();
        return connection.Changes > 0;
    }

    /// <returns>False: there is none.</returns>
    public static bool Remove(SqliteConnection connection, long @namespace, SafeguardKind kind, SafeguardScope scope, string name)
    {
        foreach (var deletion in Deletions)
        {
            using var row = connection.Statement(deletion);
            Bind(row, @namespace, kind, scope, name);
            row.Step();
        }

        return connection.Changes > 0;
    }

    private static void Bind(SqliteStatement row, long @namespace, SafeguardKind kind, SafeguardScope scope, string name)
    {
        row.Bind(1, @namespace);
        row.BindText(2, SafeguardNames.Of(kind));
        row.BindText(3, SafeguardNames.Of(scope));
        row.BindText(4, name);
    }
}
