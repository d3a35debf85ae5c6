namespace Tidemark.Conformance.Care;

/// <summary>
/// Damage that <c>verify</c> does not see, and why that is borne: no answer of a search, an export or a proof comes from it. A key is a
/// table, a table and a column, or those and the value.
/// </summary>
internal static class HarmlessDamage
{
    private const string Diary = "a note of what was done, for people and for the bill; nothing is decided by it but alerts";
    private const string Past = "of former states this has no seal: what it was is whole, and what is live does not come from it";
    private const string NextSync = "compared with the source at the next sync, and written anew where it differs";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["ledger"] = Diary,
        ["run"] = Diary,
        ["golden_run"] = Diary,
        ["service_entry"] = "nothing of the index comes from it; a key whose entry was changed is not a key any more",
        ["embedding.run"] = Diary,
        ["embedding.cause"] = Diary,
        ["embedding.tokens"] = Diary,
        ["embedding.stored_at"] = Diary,
        ["document.run"] = Diary,
        ["chunk.from_sequence"] = Past,
        ["document_history.key"] = "no row names it",
        ["document_history.from_sequence"] = Past,
        ["document_history.generation"] = Past,
        ["document_history.ended"] = Past,
        ["document_history.headings"] = Past,
        ["document_history.starts"] = Past,
        ["document_history.lengths"] = Past,
        ["document_history.run"] = Diary,
        ["document_history.is_partition"] = "where it leads to no text of the hash, the other way is tried",
        ["document_history.text"] = "beside chunks that are a partition there is none, and the text of others is compared with its hash",
        ["document_history.tier ''"] = "no tier, written in another way",
        ["document_history.seal null"] = "written before there were seals: texts are still checked against their hashes",
        ["document.token"] = NextSync,
        ["document.repeats"] = NextSync,
        ["namespace.fence"] = "it grows from where it is; only a run that was overtaken before the damage, and still writes, could take it for its own",
        ["queue_counter"] = "begins anew above every number that a waiting change has",
        ["embedding.key"] = "no row names it",
        ["document.seal null"] = "written before there were seals: texts are still checked against their hashes",
        ["layout.seal null"] = "written before there were seals: chunks are still checked against the text's hash",
        ["embedding.seal null"] = "written before there were seals",
        ["chunk.seal 0"] = "written before there were seals: texts are still checked against their document's hash",
        ["document.tier ''"] = "no tier, written in another way",
        ["document_text"] = "a text that is not kept beside its chunks is read from its source when it is needed",
        ["namespace.sequence sequence + 1000"] = "numbers need only grow",
    };

    public static string? ReasonOf(RecordDamaging damage) =>
        Reasons.GetValueOrDefault($"{damage.Table}.{damage.What} {damage.Value}")
        ?? Reasons.GetValueOrDefault($"{damage.Table}.{damage.What}")
        ?? Reasons.GetValueOrDefault(damage.Table);
}
