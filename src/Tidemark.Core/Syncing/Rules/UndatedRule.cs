using Tidemark.Documents;

namespace Tidemark.Syncing.Rules;

/// <summary>A rule that says nothing of a document which it covers, because that lacks the date it counts from. It is said: nobody would see it. Pure.</summary>
internal static class UndatedRule
{
    /// <param name="item">How a person finds it.</param>
    /// <param name="decision">What was decided of it.</param>
    /// <returns>Null: nothing is odd.</returns>
    public static ItemWarning? Look(string item, Decision decision) => decision.Undated is not { } undated ? null : new ItemWarning(
        item,
        ErrorCodes.RuleUndated,
        $"'{decision.Id}' has no date '{undated.From}', which '{undated.Rule}' counts from, so the rule does not hold for it",
        undated.From.Key is null
            ? "give the record a 'modified_at', or count from a field of the metadata ('from')"
            : $"give its metadata the field '{undated.From}' with a date such as 2026-11-30, or leave such documents out of the rule ('where')");
}
