using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tidemark;
using Tidemark.Hosting.Health;
using Tidemark.Reporting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of indexes.</summary>
public static class TidemarkHealthChecks
{
    /// <summary>
    /// Whether the store of an index answers, and whether its status has alerts: stale, failing, growing, waiting. With alerts it is degraded;
    /// where the store does not answer, unhealthy.
    /// </summary>
    /// <param name="builder">Of <c>AddHealthChecks()</c>.</param>
    /// <param name="name">Of the check.</param>
    /// <param name="key">Of an index that was registered by a key; null: by none.</param>
    /// <param name="options">When its status is an alert; null: the defaults.</param>
    /// <param name="failureStatus">Where the store does not answer; null: unhealthy.</param>
    /// <param name="tags">To choose checks by.</param>
    public static IHealthChecksBuilder AddTidemark(
        this IHealthChecksBuilder builder,
        string name = "tidemark",
        object? key = null,
        StatusOptions? options = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, services => new IndexHealthCheck(RegisteredIndex.Of(services, key), options ?? new StatusOptions()), failureStatus, tags));
    }
}
