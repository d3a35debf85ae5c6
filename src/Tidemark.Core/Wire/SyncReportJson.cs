using System.Text.Json;
using Tidemark.Syncing;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>sync</c>, <c>plan</c>, <c>apply</c> and <c>import</c> print, and the history keeps.</summary>
public static class SyncReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, SyncReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        RunReportJson.WriteMembers(json, report);
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>notTaken</c>, for whoever looks at a folder without syncing it.</summary>
    /// <param name="json">In an object that is begun.</param>
    /// <param name="notTaken">How many files of each ending nothing reads.</param>
    public static void WriteNotTaken(Utf8JsonWriter json, IReadOnlyDictionary<string, long> notTaken)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(notTaken);
        RunReportJson.WriteNotTaken(json, notTaken);
    }
}
