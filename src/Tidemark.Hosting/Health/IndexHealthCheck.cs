using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tidemark.Reporting;

namespace Tidemark.Hosting.Health;

/// <summary>
/// Healthy: the store answers and nothing is to be looked at; a namespace that nothing was put into yet is. Degraded: there are alerts, which
/// are named. As the registration says where the store does not answer.
/// </summary>
internal sealed class IndexHealthCheck(TidemarkIndex index, StatusOptions options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var status = await index.StatusAsync(options, cancellationToken).ConfigureAwait(false);
            var data = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["namespace"] = status.Namespace.Name,
                ["documents"] = status.Namespace.Documents,
                ["chunks"] = status.Namespace.Chunks,
                ["waiting"] = status.Queue.Pending,
                ["alerts"] = status.Alerts.Select(alert => alert.Code).ToArray(),
            };
            return status.Alerts.Count == 0
                ? HealthCheckResult.Healthy(data: data)
                : HealthCheckResult.Degraded(string.Join("; ", status.Alerts.Select(alert => $"{alert.Message} [{alert.Code}]")), data: data);
        }
        catch (TidemarkException failure) when (failure.Code is ErrorCodes.NamespaceMissing or ErrorCodes.StoreMissing)
        {
            return HealthCheckResult.Healthy("nothing was put into it yet");
        }
        catch (TidemarkException failure)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"{failure.Message} [{failure.Code}]; {failure.Remedy}", failure);
        }
    }
}
