using System.Runtime.InteropServices;
using Shouldly;
using Tidemark.Cli.Hosting;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Hosting;

public sealed class SignalRuleTests
{
    [Theory]
    [InlineData(PosixSignal.SIGTERM, null, "Stop")]
    [InlineData(PosixSignal.SIGINT, null, "Stop")]
    [InlineData(PosixSignal.SIGHUP, null, "Stop")]
    [InlineData(PosixSignal.SIGHUP, 60.0, "Ignore")]
    [InlineData(PosixSignal.SIGTERM, 0.001, "Ignore")]
    [InlineData(PosixSignal.SIGTERM, 60.0, "Ignore")]
    [InlineData(PosixSignal.SIGINT, 0.2, "Ignore")]
    [InlineData(PosixSignal.SIGINT, 1.5, "EndNow")]
    public void Only_a_person_who_asks_again_ends_it_at_once(PosixSignal signal, double? seconds, string verdict) =>
        SignalRule.Judge(signal, seconds is { } passed ? TimeSpan.FromSeconds(passed) : null).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData("SigIgn:\t0000000000001001", true)]
    [InlineData("SigIgn:\t0000000000001000", false)]
    [InlineData("SigIgn:", false)]
    public void A_hang_up_that_nohup_ignores_is_known(string line, bool isIgnored) =>
        IgnoredSignals.IsHangUpIn(line).ShouldBe(isIgnored);
}
