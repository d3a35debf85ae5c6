using Tidemark.Records;

namespace Tidemark.Serving;

/// <summary>What was done as the value of an entry. Pure.</summary>
internal static class AuditText
{
    public static string Of(AuditEntry done) => EntryText.Write(json =>
    {
        json.WriteString("action", done.Action);
        json.WriteNumber("status", done.Status);
        EntryText.Write(json, "key", done.KeyId);
        EntryText.Write(json, "namespace", done.Namespace);
        EntryText.Write(json, "subject", done.Subject);
        EntryText.Write(json, "request", done.RequestId);
    });

    /// <summary>What cannot be read is told as that, since a gap would hide it.</summary>
    public static AuditEntry Read(ServiceEntry entry)
    {
        var done = EntryText.Read(entry.Value, json => new AuditEntry
        {
            At = entry.At,
            Action = json.GetProperty("action").GetString()!,
            Status = json.GetProperty("status").GetInt32(),
            KeyId = EntryText.Text(json, "key"),
            Namespace = EntryText.Text(json, "namespace"),
            Subject = EntryText.Text(json, "subject"),
            RequestId = EntryText.Text(json, "request"),
        });
        return (done ?? new AuditEntry { At = entry.At, Action = "unreadable" }) with { Position = entry.Position };
    }
}
