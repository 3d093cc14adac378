# Makes the table of the documentation, applications that a bank granted or not; invented throughout:
#   awk -f docs/applications.awk > docs/applications.csv
# and, with another seed from 1 on, other rows of the same kind:
#   awk -v seed=2 -f docs/applications.awk > docs/new-applications.csv
# The bank looked at income, debt and years in the job, and favoured one sex a little.

function uniform() {
  # Park and Miller (1988): exact in double precision, so the same numbers by every awk.
  state = (16807 * state) % 2147483647
  return state / 2147483647
}

function normal(    i, sum) {
  sum = -6
  for (i = 0; i < 12; i++) sum += uniform()
  return sum
}

BEGIN {
  state = seed ? seed : 20260101
  split("north south east west", regions, " ")
  print "income,debt,years,region,sex,granted"
  for (row = 1; row <= 600; row++) {
    income = normal(); debt = normal(); years = int(20 * uniform())
    region = regions[1 + int(4 * uniform())]; woman = uniform() < 0.5
    score = 1.5 * income - debt + 0.1 * (years - 10) - 1.2 * woman + 0.6 + 0.7 * normal()
    printf "%s,%.1f,%d,%s,%s,%s\n",
        row % 40 ? sprintf("%.1f", 40 + 12 * income) : "", 20 + 6 * debt, years, region,
        woman ? "female" : "male", (score > 0) ? "yes" : "no"
  }
}
