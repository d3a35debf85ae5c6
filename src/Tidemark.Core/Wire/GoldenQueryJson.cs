using System.Text.Json;
using Tidemark.Judging;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>Golden queries, as <c>golden</c> prints them and its import takes them back.</summary>
public static class GoldenQueryJson
{
    /// <summary>Writes an array.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<GoldenQuery> queries)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(queries);
        json.WriteStartArray();
        foreach (var query in queries)
        {
            json.WriteStartObject();
            WriteMembers(json, query);
            JsonFields.Write(json, "since", query.Since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one object: what became of those that were recorded.</summary>
    public static void Write(Utf8JsonWriter json, GoldenRecording recording)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(recording);
        json.WriteStartObject();
        json.WriteNumber("added", recording.Counts.Added);
        json.WriteNumber("changed", recording.Counts.Changed);
        json.WriteNumber("unchanged", recording.Counts.Unchanged);
        json.WriteNumber("unlabelled", recording.Unlabelled);
        json.WriteNumber("failed", recording.Errors.Count);
        FailureJson.Write(json, recording.Errors);
        FailureJson.Write(json, recording.Warnings);
        json.WriteEndObject();
    }

    /// <summary>Writes one object: one that was removed.</summary>
    public static void WriteRemoved(Utf8JsonWriter json, string query, IReadOnlyList<string> filter)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("query", query);
        JsonFields.Write(json, "filter", filter);
        json.WriteBoolean("removed", true);
        json.WriteEndObject();
    }

    /// <summary>The members of one, in an object that is begun. Ids; where there are grades, an object of both.</summary>
    internal static void WriteMembers(Utf8JsonWriter json, GoldenQuery query)
    {
        json.WriteString("query", query.Query);
        if (query.Expected.All(answer => answer.Grade == 1))
        {
            JsonFields.Write(json, "expected", query.Expected.Select(answer => answer.Document));
        }
        else
        {
            json.WriteStartObject("expected");
            foreach (var (document, grade) in query.Expected)
            {
                json.WriteNumber(document, grade);
            }

            json.WriteEndObject();
        }

        json.WriteBoolean("must", query.Must);
        JsonFields.Write(json, "filter", query.Filter);
    }
}
