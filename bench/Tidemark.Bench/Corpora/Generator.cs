namespace Tidemark.Bench.Corpora;

/// <summary>
/// Random numbers that are the same on every machine and every version of the framework (SplitMix64, Steele et al. 2014).
/// </summary>
internal sealed class Generator(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));
}
