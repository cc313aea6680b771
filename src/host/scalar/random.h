/* Random numbers as functions of their position: Philox4x32-10 and the transforms of its words.

   The generator is that of Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3
   (SC11). key = (seed low, seed high); counter = (block low, block high, subsequence low,
   subsequence high). The word at position p of a subsequence is word p % 4 of block p / 4.
   Distributions of a fixed number of words read subsequence 0: element n of a call that begins at
   position `offset` reads the words offset + n * words on, two for float64 (the low half first) and
   one for float32.

   Everything here is integer arithmetic, + - * / and sqrt, so that without fused contraction every
   backend gives the same bits. */
#ifndef FM_SCALAR_RANDOM_H
#define FM_SCALAR_RANDOM_H

#include "scalar/half.h"

typedef struct fm_philox_block {
    uint32_t word[4];
} fm_philox_block;

FM_FN fm_philox_block fm_philox(uint64_t seed, uint64_t block, uint64_t subsequence) {
    uint32_t c0 = (uint32_t)block, c1 = (uint32_t)(block >> 32);
    uint32_t c2 = (uint32_t)subsequence, c3 = (uint32_t)(subsequence >> 32);
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xd2511f53u * c0;
        uint64_t b = (uint64_t)0xcd9e8d57u * c2;
        c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)b;
        c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)a;
        k0 += 0x9e3779b9u;
        k1 += 0xbb67ae85u;
    }
    fm_philox_block result = {{c0, c1, c2, c3}};
    return result;
}

/* The word at a position of subsequence 0. Neighbours share a block: loops over many positions call
   fm_philox once for four of them. */
FM_FN uint32_t fm_random_word(uint64_t seed, uint64_t position) {
    fm_philox_block block = fm_philox(seed, position / 4, 0);
    return block.word[position % 4];
}

/* The two words from a position on, low half first. */
FM_FN uint64_t fm_random_word64(uint64_t seed, uint64_t position) {
    fm_philox_block block = fm_philox(seed, position / 4, 0);
    uint32_t at = (uint32_t)(position % 4);
    uint32_t high = at < 3 ? block.word[at + 1] : fm_random_word(seed, position + 1);
    return (uint64_t)high << 32 | block.word[at];
}

/* Uniform in [0, 1): multiples of 2^-53 and of 2^-24. */

FM_FN double fm_uniform_f64(uint64_t word) {
    return (double)(word >> 11) * 0x1p-53;
}

FM_FN float fm_uniform_f32(uint32_t word) {
    return (float)(word >> 8) * 0x1p-24f;
}

/* low + (high - low) * u, as NumPy scales it; rounding may give high itself. */

FM_FN double fm_uniform_between_f64(uint64_t word, double low, double high) {
    return low + (high - low) * fm_uniform_f64(word);
}

FM_FN float fm_uniform_between_f32(uint32_t word, double low, double high) {
    return (float)(low + (high - low) * (double)fm_uniform_f32(word));
}

/* Natural logarithm of a normal x > 0 within 2 ulp: x = 2^e m with m within sqrt(2) of 1, and
   log m = 2 artanh s with s = (m - 1) / (m + 1), |s| < 0.172, whose series is cut where the next
   term is below 2^-56 of the sum. */
FM_FN double fm_random_log(double x) {
    uint64_t bits = fm_bits_of_f64(x);
    int e = (int)(bits >> 52) - 1023;
    double m = fm_f64_of_bits((bits & 0x000fffffffffffffu) | 0x3ff0000000000000u);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        e += 1;
    }
    double s = (m - 1) / (m + 1);
    double q = s * s;
    double series = 1.0 / 21;
    series = series * q + 1.0 / 19;
    series = series * q + 1.0 / 17;
    series = series * q + 1.0 / 15;
    series = series * q + 1.0 / 13;
    series = series * q + 1.0 / 11;
    series = series * q + 1.0 / 9;
    series = series * q + 1.0 / 7;
    series = series * q + 1.0 / 5;
    series = series * q + 1.0 / 3;
    /* log 2 in two parts: the first has 32 significant bits, so e times it is exact */
    const double log2_high = 0x1.62e42feep-1, log2_low = 0x1.a39ef35793c76p-33;
    return e * log2_high + (2 * s + (2 * s * q * series + e * log2_low));
}

/* The standard normal quantile of p in (0, 1), relative error about 1e-16: algorithm AS 241
   (PPND16), M. J. Wichura, Applied Statistics 37 (1988), 477-484. */

/* (n[0] + n[1] r + ... + n[7] r^7) / (1 + d[0] r + ... + d[6] r^7) */
FM_FN double fm_normal_ratio(const double *n, const double *d, double r) {
    double top = n[7], bottom = d[6];
    for (int i = 6; i >= 0; i--) top = top * r + n[i];
    for (int i = 5; i >= 0; i--) bottom = bottom * r + d[i];
    return top / (bottom * r + 1);
}

FM_FN double fm_normal_centre(double q) {
    const double n[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                         1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                         3.3430575583588128105e4, 2.5090809287301226727e3};
    const double d[7] = {4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                         2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
                         5.2264952788528545610e3};
    return q * fm_normal_ratio(n, d, 0.180625 - q * q);
}

FM_FN double fm_normal_tail(double r) {
    const double n[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                         5.76949722146069140550e0,  3.64784832476320460504e0,
                         1.27045825245236838258e0,  2.41780725177450611770e-1,
                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
    const double d[7] = {2.05319162663775882187e0,  1.67638483018380384940e0,
                         6.89767334985100004550e-1, 1.48103976427480074590e-1,
                         1.51986665636164571966e-2, 5.47593808499534494600e-4,
                         1.05075007164441684324e-9};
    return fm_normal_ratio(n, d, r - 1.6);
}

FM_FN double fm_normal_far_tail(double r) {
    const double n[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                         1.78482653991729133580e0,  2.96560571828504891230e-1,
                         2.65321895265761230930e-2, 1.24266094738807843860e-3,
                         2.71155556874348757815e-5, 2.01033439929228813265e-7};
    const double d[7] = {5.99832206555887937690e-1, 1.36929880922735805310e-1,
                         1.48753612908506148525e-2, 7.86869131145613259100e-4,
                         1.84631831751005468180e-5, 1.42151175831644588870e-7,
                         2.04426310338993978564e-15};
    return fm_normal_ratio(n, d, r - 5);
}

FM_FN double fm_normal_quantile(double p) {
    double q = p - 0.5;
    if (fabs(q) <= 0.425) return fm_normal_centre(q);
    double r = sqrt(-fm_random_log(q < 0 ? p : 1 - p));
    double z = r <= 5 ? fm_normal_tail(r) : fm_normal_far_tail(r);
    return q < 0 ? -z : z;
}

/* Standard normal samples: the quantile of the middle of the word's interval, so that 0 and 1 never
   occur and the samples are symmetric. float32 is the float64 result rounded. */

FM_FN double fm_normal_f64(uint64_t word) {
    return fm_normal_quantile(((double)(word >> 12) + 0.5) * 0x1p-52);
}

FM_FN float fm_normal_f32(uint32_t word) {
    return (float)fm_normal_quantile(((double)word + 0.5) * 0x1p-32);
}

FM_FN double fm_normal_scaled_f64(uint64_t word, double loc, double scale) {
    return loc + scale * fm_normal_f64(word);
}

FM_FN float fm_normal_scaled_f32(uint32_t word, double loc, double scale) {
    return (float)(loc + scale * fm_normal_quantile(((double)word + 0.5) * 0x1p-32));
}

#endif
