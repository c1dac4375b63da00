package peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;

/** Lines of numbers. */
final class Numbers {
    private final BufferedReader reader;

    Numbers(BufferedReader reader) {
        this.reader = reader;
    }

    /** Points by site as areas and amounts; the areas go to {@code at}. */
    long[][] worth(int sites, int[][] at) throws IOException {
        long[][] amounts = new long[sites][];
        for (int i = 0; i < sites; i++) {
            long[] pairs = longs();
            at[i] = new int[pairs.length / 2];
            amounts[i] = new long[pairs.length / 2];
            for (int j = 0; j < at[i].length; j++) {
                at[i][j] = (int) pairs[2 * j];
                amounts[i][j] = pairs[2 * j + 1];
            }
        }
        return amounts;
    }

    private String[] words() throws IOException {
        String line = reader.readLine();
        return line.isEmpty() ? new String[0] : line.split(" ");
    }

    int[] ints() throws IOException {
        return Arrays.stream(words()).mapToInt(Integer::parseInt).toArray();
    }

    long[] longs() throws IOException {
        return Arrays.stream(words()).mapToLong(Long::parseLong).toArray();
    }

    double[] reals() throws IOException {
        return Arrays.stream(words()).mapToDouble(Double::parseDouble).toArray();
    }
}
