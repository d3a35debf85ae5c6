using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tidemark.Cli.Hosting;
using Tidemark.Composition.Configuration;
using Tidemark.Networking;

namespace Tidemark.Cli.Telemetry;

/// <summary>
/// Sends the traces and metrics of one call to a collector when the call ends. The only class that names the SDK, so that it
/// is loaded where somebody asked for it and nowhere else. A collector that is not there costs the call nothing but the
/// time to find out.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    /// <summary>A command is not kept from ending for longer.</summary>
    private const int Patience = 3_000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private OtlpExport(TelemetrySettings settings)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(Describe)
            .AddSource(TidemarkTelemetry.Name)
            .AddOtlpExporter(options => Configure(options, settings, settings.Traces))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(Describe)
            .AddMeter(TidemarkTelemetry.Name)
            .AddOtlpExporter(options => Configure(options, settings, settings.Metrics))
            .Build();
    }

    public static OtlpExport Start(TelemetrySettings settings)
    {
        AppContext.SetSwitch(TidemarkTelemetry.Switch, isEnabled: true);
        return new OtlpExport(settings);
    }

    public void Dispose()
    {
        // Shutting down sends what is left.
        _traces.Shutdown(Patience);
        _metrics.Shutdown(Patience);
        _traces.Dispose();
        _metrics.Dispose();
    }

    /// <summary>What the environment says (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) wins.</summary>
    private static void Describe(ResourceBuilder resource) => resource
        .AddService("tidemark", serviceVersion: ProductVersion.Text, autoGenerateServiceInstanceId: false)
        .AddEnvironmentVariableDetector();

    /// <summary>Headers and time limits come from the environment, by the names of the specification.</summary>
    private static void Configure(OtlpExporterOptions options, TelemetrySettings settings, Uri endpoint)
    {
        options.Protocol = settings.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = endpoint;
        var route = HttpRoute.To(options.Endpoint);
        options.HttpClientFactory = () => new HttpClient(route.CreateHandler())
        {
            Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds),
        };
        options.ExportProcessorType = ExportProcessorType.Batch;
        options.TimeoutMilliseconds = Math.Min(options.TimeoutMilliseconds, Patience);
    }
}
