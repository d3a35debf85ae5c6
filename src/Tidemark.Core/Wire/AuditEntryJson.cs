using System.Text.Json;
using Tidemark.Serving;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What callers of the service did.</summary>
public static class AuditEntryJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, AuditEntry done)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(done);
        json.WriteStartObject();
        JsonFields.Write(json, "at", done.At);
        json.WriteString("key", done.KeyId);
        json.WriteString("action", done.Action);
        json.WriteString("namespace", done.Namespace);
        json.WriteString("subject", done.Subject);
        json.WriteNumber("status", done.Status);
        json.WriteString("request", done.RequestId);
        json.WriteEndObject();
    }
}
