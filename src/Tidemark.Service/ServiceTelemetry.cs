using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tidemark.Composition.Configuration;
using Tidemark.Networking;

namespace Tidemark.Service;

/// <summary>What the service tells of itself: metrics to whoever scrapes them, and where a collector is configured, metrics and traces to it.</summary>
internal static class ServiceTelemetry
{
    private const string Web = "Microsoft.AspNetCore";

    /// <summary>The service is not kept from ending for longer.</summary>
    private const int Patience = 3_000;

    private static readonly string[] Meters = [TidemarkTelemetry.Name, $"{Web}.Hosting", $"{Web}.Server.Kestrel", "System.Runtime"];

    /// <param name="services">Of the service.</param>
    /// <param name="collector">Null: there is none.</param>
    public static void Add(IServiceCollection services, TelemetrySettings? collector)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(Describe).WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddPrometheusExporter();
            if (collector is not null)
            {
                metrics.AddOtlpExporter(options => Configure(options, collector, collector.Metrics));
            }
        });
        if (collector is not null)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(TidemarkTelemetry.Name)
                .AddAspNetCoreInstrumentation()
                .AddProcessor(new AddresslessSpans())
                .AddOtlpExporter(options => Configure(options, collector, collector.Traces)));
        }
    }

    public static IEndpointConventionBuilder MapMetrics(IEndpointRouteBuilder endpoints) => endpoints.MapPrometheusScrapingEndpoint("/metrics");

    /// <summary>What the environment says (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) wins.</summary>
    private static void Describe(ResourceBuilder resource) => resource
        .AddService("tidemark", serviceVersion: typeof(ServiceTelemetry).Assembly.GetName().Version!.ToString(3), autoGenerateServiceInstanceId: false)
        .AddEnvironmentVariableDetector();

    /// <summary>Headers and time limits come from the environment, by the names of the specification.</summary>
    private static void Configure(OtlpExporterOptions options, TelemetrySettings settings, Uri endpoint)
    {
        options.Protocol = settings.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = endpoint;
        var route = HttpRoute.To(endpoint);
        options.TimeoutMilliseconds = Math.Min(options.TimeoutMilliseconds, Patience);
        options.HttpClientFactory = () => new HttpClient(route.CreateHandler())
        {
            Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds),
        };
    }
}
