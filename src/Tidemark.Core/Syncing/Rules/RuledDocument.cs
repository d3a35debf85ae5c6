using Tidemark.Documents;

namespace Tidemark.Syncing.Rules;

/// <summary>A document with what the rules say where it says nothing itself.</summary>
internal sealed record RuledDocument(Document Document)
{
    public RuleNames By { get; init; }

    /// <summary>The rule that would hold if the document had the date that it counts from; null: none.</summary>
    public (string Rule, RuleDate From)? Undated { get; init; }
}
