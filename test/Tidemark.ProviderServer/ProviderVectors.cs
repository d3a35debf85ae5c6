using System.Security.Cryptography;
using System.Text;

namespace Tidemark.ProviderServer;

/// <summary>Vectors that follow from model and text alone: other texts and other models are nowhere near.</summary>
public static class ProviderVectors
{
    /// <summary>Unit length.</summary>
    public static float[] Of(string model, string text, int dimensions)
    {
        var seed = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(model + "\n" + text)));
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            // SplitMix64
            seed += 0x9E3779B97F4A7C15;
            var mixed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            vector[i] = ((mixed ^ (mixed >> 31)) >> 40) / (float)(1 << 24) - 0.5f;
        }

        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return Array.ConvertAll(vector, x => x / length);
    }
}
