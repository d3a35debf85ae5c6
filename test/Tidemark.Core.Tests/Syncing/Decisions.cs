using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Tests.Syncing;

/// <summary>Decisions as an inspection would bring them.</summary>
internal static class Decisions
{
    public static Decision Of(DocumentChange change, Verdict verdict = Verdict.Edited, long key = 0) => new()
    {
        Id = change is DocumentChange.Upsert upsert ? upsert.Document.Id : ((DocumentChange.Delete)change).Id,
        Change = change,
        Glance = new DocumentGlance { Key = new DocumentKey(key), State = key == 0 ? DocumentState.Absent : DocumentState.Live },
        Verdict = verdict,
    };

    public static DocumentChange Upsert(string id, string text, long? number = null, DateTimeOffset? time = null) =>
        new DocumentChange.Upsert(new Document { Id = id, Text = text, Version = new DocumentVersion(number, time) });

    public static DocumentChange Delete(string id, long? number = null, DateTimeOffset? time = null) =>
        new DocumentChange.Delete(id, id, new DocumentVersion(number, time), ChangeToken.None);
}
