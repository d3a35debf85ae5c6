using System.Globalization;
using Tidemark.Queueing;

namespace Tidemark.Reporting;

/// <summary>What of the brokers somebody should look at. Pure.</summary>
internal static class BrokerAlerts
{
    /// <summary>Whoever takes messages says so more often.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    public static IEnumerable<Alert> Of(IReadOnlyList<BrokerReport> brokers, DateTimeOffset now)
    {
        foreach (var broker in brokers)
        {
            if (broker.Trouble is { } trouble)
            {
                yield return new Alert(AlertCodes.BrokerTrouble, $"no messages are taken for the hook '{broker.Hook}': {trouble}");
            }
            else if (now - broker.At > Silence)
            {
                yield return new Alert(AlertCodes.BrokerTrouble, string.Create(
                    CultureInfo.InvariantCulture,
                    $"nobody has taken the messages of {broker.Place} for the hook '{broker.Hook}' for {(now - broker.At).TotalMinutes:0} min: does the service run?"));
            }
        }
    }
}
