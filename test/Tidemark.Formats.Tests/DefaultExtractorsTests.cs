using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

public sealed class DefaultExtractorsTests
{
    [Fact]
    public void Every_ending_has_one_extractor_and_is_in_lower_case()
    {
        var endings = DefaultExtractors.All.SelectMany(e => e.Extensions).ToList();
        endings.ShouldBeUnique();
        endings.ShouldAllBe(e => e.StartsWith('.') && !e.Any(char.IsUpper));
        endings.ShouldContain(".md");
        endings.ShouldContain(".html");
        endings.ShouldContain(".rst");
    }

    [Fact]
    public void The_fingerprint_names_them_all()
    {
        DefaultExtractors.All.ShouldAllBe(e => DefaultExtractors.Fingerprint.Contains(e.Fingerprint));
    }
}
