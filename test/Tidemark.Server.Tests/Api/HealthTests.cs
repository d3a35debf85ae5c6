using System.Net;
using Shouldly;
using Tidemark.Reporting;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Api;

public sealed class HealthTests
{
    [Fact]
    public async Task A_service_over_a_store_that_nothing_was_put_into_is_ready()
    {
        await using var service = await RunningService.StartAsync();

        (await service.GetAsync("../health/live")).Text("status").ShouldBe("live");
        (await service.GetAsync("../health/ready")).Text("status").ShouldBe("ready");
    }

    [Fact]
    public async Task A_service_whose_index_is_staler_than_it_may_be_is_not_ready()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { Status = new StatusOptions { Sla = TimeSpan.FromTicks(1) } });
        using var put = await service.PutAsync("a", "text");
        await put.JsonAsync();

        (await service.GetAsync("../health/ready", HttpStatusCode.ServiceUnavailable)).Text("reason").ShouldBe("freshness.sla");
    }

    [Fact]
    public async Task A_service_whose_store_was_moved_away_is_not_ready()
    {
        await using var service = await RunningService.StartAsync();
        using var put = await service.PutAsync("a", "text");
        await put.JsonAsync();
        File.Move(service.StoreFile, service.StoreFile + ".moved");

        (await service.GetAsync("../health/ready", HttpStatusCode.ServiceUnavailable)).Text("reason").ShouldBe("store.moved");
    }

    [Fact]
    public void Every_kind_of_failure_has_a_status()
    {
        foreach (var kind in Enum.GetValues<ErrorKind>())
        {
            ProblemStatus.Of(kind).ShouldBeInRange(400, 599);
        }
    }
}
