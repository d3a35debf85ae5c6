using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Tidemark.Serving;
using Xunit;

namespace Tidemark.Server.Tests.Api;

/// <summary>An exporter of the application's, below the service and behind its keys.</summary>
public sealed class MetricsTests
{
    private static readonly ServerOptions Exporting = new() { Metrics = endpoints => endpoints.MapGet("/metrics", () => "figures") };

    [Fact]
    public async Task They_are_told_to_those_who_may_read_all_of_the_store()
    {
        await using var service = await RunningService.StartAsync(Exporting);
        (await AskAsync(service)).ShouldBe(HttpStatusCode.OK);
        var all = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "all", Scope = AccessScope.Read }, TestContext.Current.CancellationToken);
        var some = await service.Index.Keys.CreateAsync(
            new AccessKeyRequest { Name = "some", Scope = AccessScope.Admin, Namespaces = [service.Index.Namespace] }, TestContext.Current.CancellationToken);

        (await AskAsync(service, ("Authorization", $"Bearer {all.Token}"))).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(service, ("Authorization", $"Bearer {some.Token}"))).ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(service, ("Authorization", "Bearer nothing"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(service, ("Host", "elsewhere.example"))).ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task How_the_index_stands_is_looked_up_before_they_are_told()
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == TidemarkTelemetry.Name && instrument.Name.StartsWith("tidemark.index.", StringComparison.Ordinal))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.Contains(new("tidemark.namespace", "measured")))
            {
                figures[instrument.Name] = value;
            }
        });
        await using var service = await RunningService.StartAsync(Exporting with { Namespace = "measured" });
        listener.Start();
        using var put = await service.PutAsync("a", "A berth for a boat.");
        await put.JsonAsync();
        while (figures.GetValueOrDefault("tidemark.index.documents") == 0) // a status is kept for a second
        {
            (await AskAsync(service)).ShouldBe(HttpStatusCode.OK);
            listener.RecordObservableInstruments();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        figures["tidemark.index.documents"].ShouldBe(1);
        figures["tidemark.index.chunks"].ShouldBe(1);
    }

    private static async Task<HttpStatusCode> AskAsync(RunningService service, params (string Name, string Value)[] headers)
    {
        using var response = await service.SendAsync(HttpMethod.Get, "../metrics", null, headers);
        return response.StatusCode;
    }
}
