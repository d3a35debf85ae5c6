using System.Text.Json;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>Legal holds, as <c>hold</c> prints them.</summary>
public static class HoldJson
{
    /// <summary>Writes an array.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Safeguard> holds)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(holds);
        json.WriteStartArray();
        foreach (var hold in holds)
        {
            json.WriteStartObject();
            json.WriteString(SafeguardNames.Of(hold.Scope), hold.Name);
            json.WriteString("reason", hold.Note);
            JsonFields.Write(json, "since", hold.Since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one object: what became of a hold.</summary>
    /// <param name="json">Where it is written.</param>
    /// <param name="scope">What is named.</param>
    /// <param name="id">The name.</param>
    /// <param name="added">Null: it was released.</param>
    public static void Write(Utf8JsonWriter json, SafeguardScope scope, string id, AddedHold? added)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString(SafeguardNames.Of(scope), id);
        json.WriteBoolean("held", added is not null);
        json.WriteBoolean("added", added is { IsNew: true });
        FailureJson.Write(json, added?.Warnings ?? []);
        json.WriteEndObject();
    }
}
