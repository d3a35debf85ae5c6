using Tidemark.Documents;

namespace Tidemark.Composition.Configuration;

/// <summary>The settings of the entries of <c>expiry</c> and <c>tiers</c>.</summary>
internal static class RuleTable
{
    public const string Never = "never";

    public const string Modified = "modified";

    /// <summary>Which documents a rule is about.</summary>
    private static readonly SettingDefinition[] Documents =
    [
        new(SettingPaths.RuleSource, SettingKind.Text, "The name of the source that has them. Unset: any."),
        new(SettingPaths.RulePath, SettingKind.Text, "Where in the tree of ids, as `search --path`: `news/2026`. Unset: anywhere."),
        new(SettingPaths.RuleWhere, SettingKind.Texts,
            "Conditions on the metadata as `search --filter` takes them, all of which hold: `[\"kind=offer\", \"price>=10\"]`. Unset: none."),
    ];

    private static readonly SettingDefinition From = new(
        SettingPaths.RuleFrom, SettingKind.Text,
        "What is counted from: `modified` (the record's `modified_at`; of a file, when it was last written), or a field of the metadata with a date.")
    {
        Default = Modified,
    };

    /// <summary>The settings of one entry of <c>expiry</c>.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Expiry =
    [
        .. Documents,
        new(SettingPaths.RuleAfter, SettingKind.Text, "How long they are valid: `90s`, `12h`, `30d`, `2w`, or `never` for ever. Required."),
        From,
    ];

    /// <summary>The settings of one entry of <c>tiers</c>.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Tiers =
    [
        .. Documents,
        new(SettingPaths.RuleTier, SettingKind.Choice, "Their tier: `premium`, `archived`, or `standard` whatever rules come behind. Required.")
        {
            Choices = [DocumentTiers.Standard, DocumentTiers.Premium, DocumentTiers.Archived],
        },
    ];
}
