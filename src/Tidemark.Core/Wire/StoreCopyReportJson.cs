using System.Text.Json;
using Tidemark.Copying;

namespace Tidemark.Wire;

/// <summary>What <c>store copy</c> prints.</summary>
public static class StoreCopyReportJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="from">The store that was copied, without a secret.</param>
    /// <param name="to">The copy, without a secret.</param>
    /// <param name="report">What was copied.</param>
    public static void Write(Utf8JsonWriter json, string from, string to, StoreCopyReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        json.WriteString("from", from);
        json.WriteString("to", to);
        json.WriteBoolean("verified", true);
        if (report.WasThere)
        {
            json.WriteBoolean("wasThere", true);
        }

        json.WriteNumber("namespaces", report.Namespaces);
        json.WriteNumber("documents", report.Documents);
        json.WriteNumber("chunks", report.Chunks);
        json.WriteNumber("embeddings", report.Embeddings);
        json.WriteNumber("formerStates", report.FormerStates);
        json.WriteNumber("runs", report.Runs);
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("rowsWritten", report.RowsWritten);
        json.WriteNumber("embeddingCalls", 0);
        json.WriteEndObject();
    }
}
