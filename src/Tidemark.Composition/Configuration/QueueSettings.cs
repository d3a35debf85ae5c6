using Tidemark.Streaming;

namespace Tidemark.Composition.Configuration;

/// <summary>How the change queue and its workers behave.</summary>
/// <param name="MaxPending">Documents that may have a change waiting.</param>
/// <param name="Visibility">How long a claim lasts without a word from its worker.</param>
/// <param name="Attempts">How often a change is tried.</param>
internal sealed record QueueSettings(long MaxPending, TimeSpan Visibility, AttemptRule Attempts)
{
    /// <summary>The settings.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Table =
    [
        new(SettingPaths.QueueMaxPending, SettingKind.Integer,
            "How many documents may have a change waiting in the queue; `enqueue` refuses more.")
        {
            Default = "1000000", Minimum = 1,
        },
        new(SettingPaths.QueueVisibility, SettingKind.Number,
            "How long a worker's claim lasts without a word from it: after this, what a killed worker had in hand is taken by "
            + "another. A living worker renews its claims.")
        {
            Default = "60", Minimum = 0.1, Maximum = 86_400,
        },
        new(SettingPaths.QueueMaxAttempts, SettingKind.Integer,
            "After so many failed attempts a change is a dead letter. An outage of the model or of the store counts as none.")
        {
            Default = "5", Minimum = 1, Maximum = 100,
        },
        new(SettingPaths.QueueBackoff, SettingKind.Number,
            "How long a change rests after its first failure; twice as long after each further one, at most five minutes.")
        {
            Default = "1", Minimum = 0, Maximum = 300,
        },
        new(SettingPaths.QueueAlert, SettingKind.Integer,
            "`status` alerts when more changes than this wait in the queue, or any is a dead letter.")
        {
            Default = "100000", Minimum = 0,
        },
    ];

    public static QueueSettings Bind(SettingValues values)
    {
        var attempts = AttemptRule.Default;
        return new QueueSettings(
            values.Integer(SettingPaths.QueueMaxPending) ?? 1_000_000,
            TimeSpan.FromSeconds(values.Number(SettingPaths.QueueVisibility) ?? 60),
            attempts with
            {
                MostAttempts = (int)(values.Integer(SettingPaths.QueueMaxAttempts) ?? attempts.MostAttempts),
                FirstRest = values.Number(SettingPaths.QueueBackoff) is { } rest ? TimeSpan.FromSeconds(rest) : attempts.FirstRest,
            });
    }
}
